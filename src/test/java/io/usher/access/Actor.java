package io.usher.access;

/** Who calls: a column of the matrix. Their API keys are further columns ({@link KeyAccessTest}). */
enum Actor {
    ANONYMOUS,
    /** A customer, on itself. */
    SELF,
    /** A customer, on another customer. */
    OTHER_CUSTOMER,
    /** An admin that manages the target. */
    ADMIN_IN_SCOPE,
    /** An admin that does not. */
    ADMIN_OUT_OF_SCOPE,
    SUPER_ADMIN
}

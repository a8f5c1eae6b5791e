package io.usher.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be done that the audit log keeps: every write that changes a user, a role, a quota, a key or a balance. */
public enum AuditAction {
    USER_CREATE,
    /** Came by itself, or came again before its address was proven. */
    USER_REGISTER,
    /** Proved its address. */
    USER_VERIFY,
    USER_UPDATE,
    /** Another status, and nothing else. */
    USER_STATUS,
    USER_DELETE,
    USER_RESTORE,
    /** Deleted for good, with all that hung on it. */
    USER_PURGE,
    USER_ANONYMIZE,
    /** A password was set, changed, or reset with a mailed token. */
    USER_PASSWORD,
    /** An admin took the password away and handed out a set-up token. */
    USER_PASSWORD_RESET,
    /** An admin manages the user from now on: the subject is its id. */
    USER_LINK,
    USER_UNLINK,
    /** Came with a file. */
    USER_IMPORT,
    /** Came from V1. */
    USER_MIGRATE,
    /** Was written out with a file. */
    USER_EXPORT,
    ROLE_CREATE,
    ROLE_DELETE,
    QUOTA_SET,
    QUOTA_RESET,
    /** Somebody else took from the user's quota. */
    QUOTA_CONSUME,
    KEY_CREATE,
    KEY_UPDATE,
    KEY_ROTATE,
    KEY_REVOKE,
    CREDITS_GRANT,
    CREDITS_SPEND,
    /** An admin ended sessions of the user. */
    SESSIONS_END;

    /** As it stands in JSON and in the database, such as {@code user.create}; what follows the first word has hyphens. */
    @JsonValue
    public String value() {
        String name = name().toLowerCase(Locale.ROOT);
        int first = name.indexOf('_');
        return name.substring(0, first) + "." + name.substring(first + 1).replace('_', '-');
    }

    static AuditAction of(String value) {
        return valueOf(value.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT));
    }
}

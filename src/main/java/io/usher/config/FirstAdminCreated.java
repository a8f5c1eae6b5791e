package io.usher.config;

/**
 * A CDI event: the first super admin has just been created with a password that was made up, which somebody has to be shown now or never.
 *
 * @param email the admin's address
 * @param madeUpPassword the password in clear
 */
public record FirstAdminCreated(String email, String madeUpPassword) {
    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
        return "FirstAdminCreated[email=" + email + "]";
    }
}

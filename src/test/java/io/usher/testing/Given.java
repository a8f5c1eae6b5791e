package io.usher.testing;

import io.usher.security.ApiKeySecret;
import java.util.UUID;

/**
 * The users a test starts from, written straight into the database: unique, so that tests neither disturb each other nor share a limiter.
 * {@code Given.customer().create()} is an active, verified customer with {@link #PASSWORD}.
 */
public final class Given {
    /** What every arranged user signs in with. */
    public static final String PASSWORD = "Correct-Horse-7";

    /** {@link #PASSWORD} in bcrypt at cost 4. */
    public static final String PASSWORD_HASH = "$2a$04$.OGB/.SE/ueHAeqKBO2NC.r41KbAHmFyj7cVnk4HN9.ouKkNh8zIe";

    private Given() {}

    public static UserBuilder customer() {
        return new UserBuilder("customer", false);
    }

    public static UserBuilder admin() {
        return new UserBuilder("admin", false);
    }

    public static UserBuilder superAdmin() {
        return new UserBuilder("admin", true);
    }

    /** An admin that manages these users. */
    public static TestUser adminOf(TestUser... users) {
        TestUser admin = admin().create();
        for (TestUser user : users) {
            link(admin, user);
        }
        return admin;
    }

    /** Lets an admin manage a user. */
    public static void link(TestUser admin, TestUser user) {
        Database.execute(
                "insert into user_admins (admin_id, user_id) values (?, ?) on conflict do nothing",
                admin.id(),
                user.id());
    }

    /** An API key of a user with these scopes; answers the key itself. */
    public static String apiKey(TestUser owner, String... scopes) {
        return apiKey(owner, UUID.randomUUID(), scopes);
    }

    /** An API key with this id. */
    public static String apiKey(TestUser owner, UUID id, String... scopes) {
        ApiKeySecret secret = ApiKeySecret.generate();
        Database.execute(
                "insert into api_keys (id, user_id, name, key_prefix, key_hash, scopes, created_at, updated_at)"
                        + " values (?, ?, 'Made by a test', ?, ?, string_to_array(?, ' '), now(), now())",
                id,
                owner.id(),
                secret.prefix(),
                secret.hash(),
                String.join(" ", scopes));
        return secret.text();
    }

    /** A custom role that nobody has yet. */
    public static String customRole() {
        String name = "role-" + unique();
        Database.execute("insert into roles (name, description) values (?, 'Made by a test')", name);
        return name;
    }

    /** Twelve letters and digits that occur nowhere else. */
    public static String unique() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }

    /** An address that nobody has yet. */
    public static String email() {
        return "user-" + unique() + "@example.com";
    }
}

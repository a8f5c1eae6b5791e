package io.usher.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One user to arrange; {@link #create} writes it. */
public final class UserBuilder {
    private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    private final List<TestUser> admins = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();

    UserBuilder(String userType, boolean superAdmin) {
        String unique = Given.unique();
        columns.put("email", "user-" + unique + "@example.com");
        columns.put("username", "u" + unique);
        columns.put("user_type", userType);
        columns.put("super_admin", superAdmin);
        columns.put("status", "active");
        columns.put("email_verified", true);
        columns.put("password_hash", Given.PASSWORD_HASH);
    }

    public UserBuilder email(String email) {
        return with("email", email);
    }

    public UserBuilder username(@Nullable String username) {
        return with("username", username);
    }

    public UserBuilder named(String name) {
        return with("name", name);
    }

    /** {@code pending}, {@code active}, {@code inactive} or {@code suspended}. */
    public UserBuilder status(String status) {
        return with("status", status);
    }

    public UserBuilder withoutPassword() {
        return with("password_hash", null);
    }

    public UserBuilder passwordHash(String hash) {
        return with("password_hash", hash);
    }

    public UserBuilder unverified() {
        return with("email_verified", false);
    }

    public UserBuilder deleted() {
        return with("deleted_at", java.time.OffsetDateTime.now(java.time.ZoneOffset.UTC));
    }

    public UserBuilder managedBy(TestUser... by) {
        admins.addAll(List.of(by));
        return this;
    }

    /** A custom role, as {@link Given#customRole} makes it. */
    public UserBuilder role(String name) {
        roles.add(name);
        return this;
    }

    /** Any column of {@code users}. */
    public UserBuilder with(String column, @Nullable Object value) {
        columns.put(column, value);
        return this;
    }

    public TestUser create() {
        String names = String.join(", ", columns.keySet());
        String marks = String.join(", ", columns.keySet().stream().map(c -> "?").toList());
        String id = Database.text(
                "insert into users (" + names + ") values (" + marks + ") returning id",
                columns.values().toArray());
        TestUser user = new TestUser(
                UUID.fromString(String.valueOf(id)),
                String.valueOf(columns.get("email")),
                String.valueOf(columns.get("username")));
        admins.forEach(admin -> Given.link(admin, user));
        roles.forEach(
                role -> Database.execute("insert into user_roles (user_id, role_name) values (?, ?)", user.id(), role));
        return user;
    }
}

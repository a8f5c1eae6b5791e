package io.usher.testing;

import java.util.UUID;

/** A user that a test arranged. Its password is {@link Given#PASSWORD}. */
public record TestUser(UUID id, String email, String username) {
    /** The id that V1 systems knew it by. */
    public String v1Id() {
        return Database.text("select v1_id from users where id = ?", id);
    }

    /** A path below this user, such as {@code /sessions}. */
    public String path(String suffix) {
        return "/api/users/" + id + suffix;
    }
}

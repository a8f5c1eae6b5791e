package io.usher.access;

import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One cell played out: a target nobody else uses, and the one who calls. */
final class Scene {
    private final Actor actor;
    private final TestUser target = Given.customer().create();
    private final @Nullable TestUser caller;
    private final Map<String, String> path = new HashMap<>();

    Scene(Actor actor) {
        this.actor = actor;
        this.caller = switch (actor) {
            case ANONYMOUS -> null;
            case SELF -> target;
            case OTHER_CUSTOMER -> Given.customer().create();
            case ADMIN_IN_SCOPE -> Given.adminOf(target);
            case ADMIN_OUT_OF_SCOPE -> Given.admin().create();
            case SUPER_ADMIN -> Given.superAdmin().create();
        };
        path.put("userId", target.id().toString());
    }

    Actor actor() {
        return actor;
    }

    TestUser target() {
        return target;
    }

    /** Who calls; the target where nobody does. */
    TestUser callerOrTarget() {
        return caller == null ? target : caller;
    }

    @Nullable
    TestUser caller() {
        return caller;
    }

    /** An admin that manages the target, besides the caller. */
    TestUser anotherAdmin() {
        TestUser admin = Given.adminOf(target);
        path.put("adminId", admin.id().toString());
        return admin;
    }

    /** A session of a user, started after the caller's own. */
    UUID sessionOf(TestUser user) {
        Actors.token(user);
        Actors.login(user);
        return UUID.fromString(String.valueOf(io.usher.testing.Database.text(
                "select id from user_sessions where user_id = ? and ended_at is null order by created_at desc limit 1",
                user.id())));
    }

    /** An API key of a user, as a path parameter. */
    Scene withKeyOf(TestUser user, String parameter) {
        UUID id = UUID.randomUUID();
        Given.apiKey(user, id);
        return with(parameter, id);
    }

    /** Sets a path parameter. */
    Scene with(String parameter, Object value) {
        path.put(parameter, value.toString());
        return this;
    }

    Map<String, String> path() {
        return path;
    }
}

package io.usher.preference;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.TestUser;
import java.util.List;
import java.util.Map;

/** The calls that the tests of preferences make, in somebody's name on somebody's preferences. */
record PreferenceCalls(TestUser caller, TestUser user) {
    static PreferenceCalls own(TestUser user) {
        return new PreferenceCalls(user, user);
    }

    Response put(String category, Map<String, ?> settings) {
        return putBody(category, Map.of("settings", settings));
    }

    Response putBody(String category, Object body) {
        return Actors.as(caller).body(body).put(path(category));
    }

    Response get(String category) {
        return Actors.as(caller).get(path(category));
    }

    Response list() {
        return Actors.as(caller).get(user.path("/preferences"));
    }

    Response delete(String category) {
        return Actors.as(caller).delete(path(category));
    }

    Response provers() {
        return Actors.as(caller).get(user.path("/provers"));
    }

    Response putProver(String id, Map<String, ?> prover) {
        return Actors.as(caller).body(prover).put(user.path("/provers/{id}"), id);
    }

    Response deleteProver(String id) {
        return Actors.as(caller).delete(user.path("/provers/{id}"), id);
    }

    /** The details of what was recorded of the user, oldest first. */
    List<String> activities() {
        return Database.column(
                "select details::text from user_activities where user_id = ? and activity_type = 'settings_change'"
                        + " order by created_at, id",
                user.id());
    }

    private String path(String category) {
        return user.path("/preferences/" + category);
    }
}

package io.usher.access;

import static io.usher.access.Row.of;

import io.usher.testing.Database;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Who may do what with preferences and provers. */
final class PreferenceTable {
    private PreferenceTable() {}

    static List<Row> rows() {
        Consumer<Scene> workWeek = s -> {
            preference(s, "work_week", "{\"startDay\": 1, \"endDay\": 5}");
            s.with("category", "work_week");
        };
        return List.of(
                of("GET /api/users/{userId}/preferences", Rights.SELF_AND_ADMINS)
                        .arrange(workWeek),
                of("GET /api/users/{userId}/preferences/{category}", Rights.SELF_AND_ADMINS)
                        .arrange(workWeek),
                of("PUT /api/users/{userId}/preferences/{category}", Rights.SELF_AND_ADMINS)
                        .arrange(workWeek)
                        .body(s -> Map.of("settings", Map.of("startDay", 0, "endDay", 6))),
                of("DELETE /api/users/{userId}/preferences/{category}", Rights.SELF_AND_ADMINS)
                        .arrange(workWeek),
                of("GET /api/users/{userId}/provers", Rights.SELF_AND_ADMINS).arrange(PreferenceTable::prover),
                of("PUT /api/users/{userId}/provers/{proverId}", Rights.SELF_AND_ADMINS)
                        .arrange(PreferenceTable::prover)
                        .body(s -> Map.of("make", "Seraphin")),
                of("DELETE /api/users/{userId}/provers/{proverId}", Rights.SELF_AND_ADMINS)
                        .arrange(PreferenceTable::prover));
    }

    private static void prover(Scene scene) {
        preference(scene, "prover", "{}");
        Database.execute(
                "insert into prover_settings (user_id, prover_id, created_at, updated_at) values (?, 'P-1', now(), now())"
                        + " on conflict do nothing",
                scene.target().id());
        scene.with("proverId", "P-1");
    }

    private static void preference(Scene scene, String category, String settings) {
        Database.execute(
                "insert into user_preferences (id, user_id, category, settings, created_at, updated_at)"
                        + " values (uuidv7(), ?, ?, cast(? as jsonb), now(), now()) on conflict do nothing",
                scene.target().id(),
                category,
                settings);
    }
}

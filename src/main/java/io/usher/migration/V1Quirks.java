package io.usher.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** What V1 wrote otherwise than this service reads it, put right before it is read. */
final class V1Quirks {
    private static final List<String> PROVER_SETTINGS = List.of("proverPreferences", "prover_preferences");

    private static final List<String> SETTINGS = List.of(
            "emailSettings",
            "email_settings",
            "pushoverSettings",
            "pushover_settings",
            "workWeek",
            "work_week",
            "notificationSettings",
            "notification_settings");

    private V1Quirks() {}

    /** Settings that were never made stood as empty objects. */
    static void mend(ObjectNode user) {
        SETTINGS.forEach(name -> removeEmpty(user, name));
        PROVER_SETTINGS.forEach(name -> {
            removeEmpty(user, name);
            mendTime(user.path(name), "lastUpdated");
            mendTime(user.path(name), "last_updated");
        });
    }

    private static void removeEmpty(ObjectNode user, String name) {
        JsonNode settings = user.path(name);
        if (settings.isObject() && settings.isEmpty()) {
            user.remove(name);
        }
    }

    /** What is no time stays, and is found later. */
    private static void mendTime(JsonNode settings, String name) {
        if (settings instanceof ObjectNode object && object.path(name).isTextual()) {
            Instant time = V1Time.parse(object.path(name).textValue());
            if (time != null) {
                object.put(name, time.toString());
            }
        }
    }
}

package io.usher.preference;

import com.fasterxml.jackson.annotation.JsonValue;
import io.usher.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a user can have preferences on, each with settings of a type of its own. */
public enum PreferenceCategory {
    EMAIL(EmailSettings.class),
    PUSHOVER(PushoverSettings.class),
    WORK_WEEK(WorkWeekSettings.class),
    NOTIFICATION(NotificationSettings.class),
    /** Its provers are rows of their own, which {@code /provers} reads and writes one by one. */
    PROVER(ProverSettings.class);

    private static final String NAMES =
            Arrays.stream(values()).map(PreferenceCategory::value).collect(Collectors.joining(", "));

    private final Class<? extends Record> type;

    PreferenceCategory(Class<? extends Record> type) {
        this.type = type;
    }

    /** As it stands in paths, in JSON and in the database. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The record of its settings, a {@link PreferenceSettings}. */
    Class<? extends Record> type() {
        return type;
    }

    /** @throws ProblemException {@code validation_failed} that names {@code category}, where there is none of this name */
    static PreferenceCategory parse(String text) {
        return Arrays.stream(values())
                .filter(category -> category.value().equals(text))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("category", "enum", "must be one of " + NAMES));
    }
}

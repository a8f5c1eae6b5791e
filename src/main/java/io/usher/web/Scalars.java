package io.usher.web;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads single values of bodies and query strings: texts, numbers, truths, times, ids and enums. */
final class Scalars {
    /** PostgreSQL ends in the year 294276; nothing that is meant lies outside of four digits. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final ClassValue<Map<String, Object>> ENUMS = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> type) {
            Map<String, Object> constants = new LinkedHashMap<>();
            Arrays.stream(type.getEnumConstants()).forEach(constant -> constants.put(wireName(constant), constant));
            return constants;
        }
    };

    private Scalars() {}

    /** Reads a JSON value as Integer, Long, Boolean, or one of the types of {@link #text}; null where it is at fault. */
    static @Nullable Object json(JsonNode value, Class<?> type, String field, FieldErrors errors) {
        if (type == Integer.class || type == Long.class) {
            return integer(value, type, field, errors);
        }
        if (type == Boolean.class) {
            return value.isBoolean() ? value.booleanValue() : errors.add(field, "type", "must be true or false");
        }
        return value.isTextual()
                ? text(value.textValue(), type, field, errors)
                : errors.add(field, "type", "must be a text");
    }

    /** Reads a text as String, Instant, UUID or an enum; null where it is at fault. */
    static @Nullable Object text(String text, Class<?> type, String field, FieldErrors errors) {
        if (!Text.isStorable(text)) {
            return errors.add(field, "characters", "must not contain NUL or a lone surrogate");
        }
        if (type == String.class) {
            return text;
        }
        if (type.isEnum()) {
            Object constant = ENUMS.get(type).get(text);
            return constant != null
                    ? constant
                    : errors.add(
                            field,
                            "enum",
                            "must be one of "
                                    + String.join(", ", ENUMS.get(type).keySet()));
        }
        if (type == UUID.class) {
            return uuid(text, field, errors);
        }
        if (type == Instant.class) {
            return instant(text, field, errors);
        }
        throw new IllegalStateException("No binding for " + type);
    }

    private static @Nullable Object integer(JsonNode value, Class<?> type, String field, FieldErrors errors) {
        if (!value.isIntegralNumber()) {
            return errors.add(field, "type", "must be a whole number");
        }
        if (type == Integer.class) {
            return value.canConvertToInt() ? (Object) value.intValue() : errors.add(field, "range", "is out of range");
        }
        return value.canConvertToLong() ? (Object) value.longValue() : errors.add(field, "range", "is out of range");
    }

    /** UUID.fromString also takes groups that are too short, so the text has to come out again. */
    private static @Nullable Object uuid(String text, String field, FieldErrors errors) {
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            return errors.add(field, "format", "must be a UUID");
        }
        return errors.add(field, "format", "must be a UUID");
    }

    private static @Nullable Object instant(String text, String field, FieldErrors errors) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            return time.isBefore(FIRST) || time.isAfter(LAST) ? errors.add(field, "range", "is out of range") : time;
        } catch (DateTimeException e) {
            return errors.add(field, "format", "must be an ISO 8601 time such as 2026-11-20T20:15:30Z");
        }
    }

    /** An enum constant as it stands on the wire: its {@code @JsonValue}, else its name in lower case. */
    private static String wireName(Object constant) {
        for (Method method : ((Enum<?>) constant).getDeclaringClass().getMethods()) {
            if (method.isAnnotationPresent(JsonValue.class)) {
                return String.valueOf(Reflection.call(() -> method.invoke(constant)));
            }
        }
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
    }
}

package io.usher.web;

import io.usher.problem.ProblemException;
import jakarta.ws.rs.core.MultivaluedMap;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads query parameters as strictly as {@link StrictJson} reads bodies: {@link #done} names every one at fault, unknown ones included. */
public final class QueryReader {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,100}");

    private final MultivaluedMap<String, String> parameters;
    private final FieldErrors errors = new FieldErrors();
    private final Set<String> known = new HashSet<>();
    private @Nullable ProblemException own;

    public QueryReader(MultivaluedMap<String, String> parameters) {
        this.parameters = parameters;
    }

    /** A text of 1 to {@code max} characters; null where it is absent or empty. */
    public @Nullable String text(String name, int max) {
        String value = single(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > max) {
            fail(name, "size", "must not be longer than " + max + " characters");
            return null;
        }
        return (String) Scalars.text(value, String.class, name, errors);
    }

    /** A whole number from {@code min} to {@code max}, or {@code absent}. */
    public long integer(String name, long min, long max, long absent) {
        String value = single(name);
        if (value == null) {
            return absent;
        }
        if (!WHOLE_NUMBER.matcher(value).matches()) {
            fail(name, "type", "must be a whole number from " + min + " to " + max);
            return absent;
        }
        BigInteger number = new BigInteger(value);
        if (number.bitLength() < Long.SIZE && number.longValue() >= min && number.longValue() <= max) {
            return number.longValue();
        }
        fail(name, "range", "must be from " + min + " to " + max);
        return absent;
    }

    /** {@code true} or {@code false}, or {@code absent}. */
    public boolean bool(String name, boolean absent) {
        String value = single(name);
        if (value == null || value.equals("true") || value.equals("false")) {
            return value == null ? absent : value.equals("true");
        }
        fail(name, "type", "must be true or false");
        return absent;
    }

    /** An ISO 8601 time; null where it is absent. */
    public @Nullable Instant instant(String name) {
        String value = single(name);
        return value == null ? null : (Instant) Scalars.text(value, Instant.class, name, errors);
    }

    /** A UUID; null where it is absent. */
    public @Nullable UUID id(String name) {
        String value = single(name);
        return value == null ? null : (UUID) Scalars.text(value, UUID.class, name, errors);
    }

    /** One of an enum's wire names (its {@code @JsonValue}, else the name in lower case); null where it is absent. */
    public <E extends Enum<E>> @Nullable E oneOf(String name, Class<E> type) {
        String value = single(name);
        return value == null ? null : type.cast(Scalars.text(value, type, name, errors));
    }

    /** As {@link #oneOf(String, Class)}, with a default. */
    public <E extends Enum<E>> E oneOf(String name, Class<E> type, E absent) {
        E value = oneOf(name, type);
        return value == null ? absent : value;
    }

    /** Notes that a parameter is at fault. */
    public void fail(String name, String code, String message) {
        errors.add(name, code, message);
    }

    /** As {@link #fail(String, String, String)}, for a fault that has a problem of its own, which is told where there is no other fault. */
    void fail(String name, String code, String message, ProblemException alone) {
        fail(name, code, message);
        own = alone;
    }

    /** To be called once all is read. @throws ProblemException {@code validation_failed} that names every parameter at fault */
    public void done() {
        parameters.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .forEach(name -> fail(name, "unknown", "is not a parameter of this operation"));
        if (own != null && errors.list().size() == 1) {
            throw own;
        }
        errors.throwIfAny();
    }

    private @Nullable String single(String name) {
        known.add(name);
        List<String> values = parameters.get(name);
        if (values == null || values.isEmpty()) {
            return null;
        }
        if (values.size() > 1) {
            fail(name, "repeated", "must be there once");
        }
        return values.get(0);
    }
}

package io.usher.security;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an API key may be good for. A scope never gives a right that the key's owner does not have. */
public enum KeyScope {
    /** All the others. */
    ALL("*"),
    USERS_READ("users:read"),
    USERS_WRITE("users:write"),
    QUOTAS_READ("quotas:read"),
    QUOTAS_WRITE("quotas:write"),
    GENERATIONS_READ("generations:read"),
    GENERATIONS_WRITE("generations:write"),
    CREDITS_READ("credits:read"),
    CREDITS_WRITE("credits:write"),
    ACTIVITIES_READ("activities:read"),
    ACTIVITIES_WRITE("activities:write"),
    PREFERENCES_READ("preferences:read"),
    PREFERENCES_WRITE("preferences:write"),
    FIELDWORK_READ("fieldwork:read"),
    FIELDWORK_WRITE("fieldwork:write"),
    TOKENS_INTROSPECT("tokens:introspect"),
    ADMIN_READ("admin:read"),
    ADMIN_WRITE("admin:write");

    private static final Map<String, KeyScope> BY_VALUE =
            Arrays.stream(values()).collect(Collectors.toMap(KeyScope::value, Function.identity()));

    private final String value;

    KeyScope(String value) {
        this.value = value;
    }

    /** As it stands on the wire and in the database. */
    @JsonValue
    public String value() {
        return value;
    }

    /** The scope of this name; none where a newer release wrote one that this one does not know. */
    public static Optional<KeyScope> of(String value) {
        return Optional.ofNullable(BY_VALUE.get(value));
    }
}

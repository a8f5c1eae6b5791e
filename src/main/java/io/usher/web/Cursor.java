package io.usher.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A keyset position: the sort key and id of the last row of a page. Opaque to clients, and worth no trust: it only ever becomes a bound
 * parameter inside the caller's own scope, so a forged one shows nothing that the caller could not list.
 *
 * @param sort the order it belongs to, such as {@code createdAt.desc}
 * @param key the last row's sort key, as text
 * @param id the last row's id
 */
public record Cursor(String sort, String key, UUID id) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What PostgreSQL and every reader of views can take. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** The cursor as it goes out. */
    public String encode() {
        String json =
                JSON.createArrayNode().add(sort).add(key).add(id.toString()).toString();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Null where the text is no cursor, or belongs to another order. */
    static @Nullable Cursor decode(String text, String sort) {
        try {
            JsonNode parts = JSON.readTree(Base64.getUrlDecoder().decode(text));
            String key = parts.path(1).textValue();
            if (parts.size() == 3 && sort.equals(parts.path(0).textValue()) && key != null && Text.isStorable(key)) {
                return new Cursor(sort, key, UUID.fromString(parts.path(2).asText()));
            }
            return null;
        } catch (IllegalArgumentException | IOException e) {
            return null;
        }
    }

    /** The key, where the list is sorted by a time. @throws ProblemException {@code invalid_cursor} where it is none */
    public Instant moment() {
        try {
            Instant moment = Instant.parse(key);
            if (!moment.isBefore(EARLIEST) && !moment.isAfter(LATEST)) {
                return moment;
            }
        } catch (DateTimeException e) {
            throw invalid();
        }
        throw invalid();
    }

    /** The problem for a cursor whose key does not fit its order. */
    public static ProblemException invalid() {
        return ProblemException.of(ProblemCode.INVALID_CURSOR);
    }
}

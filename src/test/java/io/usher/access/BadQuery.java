package io.usher.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A query string that must be refused.
 *
 * @param query encoded, without the question mark
 * @param field the parameter that the problem has to name
 */
record BadQuery(String query, String field) {
    static List<BadQuery> of(String name, JsonNode schema) {
        List<BadQuery> all = new ArrayList<>();
        String type = schema.path("type").toString();
        if (type.contains("integer")) {
            add(all, name, "-1", "9223372036854775808", "1".repeat(400), "x", "1.5", "0x10", "1e2", "NaN");
        } else if (type.contains("boolean")) {
            add(all, name, "maybe", "1", "TRUE");
        } else if (schema.has("enum")) {
            add(all, name, "nope", "\u0000");
        } else if (schema.path("format").asText().equals("date-time")) {
            add(all, name, "yesterday", "2026-13-45T00:00:00Z", "+999999999-12-31T23:59:59Z");
        } else if (name.equals("cursor")) {
            add(
                    all,
                    name,
                    "x",
                    "%%%",
                    "=".repeat(20),
                    forged("[]"),
                    forged("[\"createdAt.desc\",\"x\",\"y\"]"),
                    forged("{\"a\":1}"));
            add(all, name, forged("[\"createdAt.desc\",\"not a time\",\"00000000-0000-0000-0000-000000000000\"]"));
            add(all, name, forged("[\"name.asc\",\"a\",\"00000000-0000-0000-0000-000000000000\"]"));
            add(all, name, forged("[\"createdAt.desc\",\"\\u0000\",\"00000000-0000-0000-0000-000000000000\"]"));
        } else {
            add(all, name, "a\u0000b", "a".repeat(3000));
        }
        all.add(new BadQuery(name + "=1&" + name + "=2", name));
        return all;
    }

    /** An unknown parameter. */
    static BadQuery unknown() {
        return new BadQuery("noSuchParameter=1", "noSuchParameter");
    }

    private static String forged(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(List<BadQuery> all, String name, String... values) {
        for (String value : values) {
            all.add(new BadQuery(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8), name));
        }
    }
}

package io.usher.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** V1 files: the sample, and as many users as a test wants. */
final class V1Files {
    static final String PATH = "/api/admin/migrations/v1";

    /** What a migration may touch. */
    private static final List<String> TABLES = List.of(
            "users",
            "user_admins",
            "user_activities",
            "user_preferences",
            "prover_settings",
            "dispenser_records",
            "one_time_tokens",
            "mail_outbox",
            "v1_traces");

    private static final JsonMapper JSON = new JsonMapper();

    private V1Files() {}

    /** The sample, of whose users none is there, nor ever was. */
    static String sample() {
        Database.execute("delete from users where email like '%@field.example'");
        Database.execute("delete from v1_traces");
        try (InputStream file = V1Files.class.getResourceAsStream("/v1/users.json")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Response send(TestUser caller, String file) {
        return Actors.as(caller).body(file).post(PATH);
    }

    /** A file of these users. */
    static String of(Object... users) {
        return json(Map.of("users", List.of(users)));
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A user, to add to. */
    static Map<String, Object> user(String email) {
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("email", email);
        return user;
    }

    /** So many users of a domain, each with so many activities over two years; every tenth has its password in clear. */
    static String many(String domain, int users, int activities) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            Map<String, Object> user = user("user" + i + "@" + domain);
            user.put("label", "User " + i);
            user.put("password", i % 10 == 0 ? "clear-" + i : Given.PASSWORD_HASH);
            user.put("last_used", "2025-06-01T12:00:00");
            user.put(
                    "activities",
                    IntStream.range(0, activities).mapToObj(V1Files::activity).toList());
            user.put(
                    "dispensers",
                    List.of(Map.of("work_order_id", "W-" + i, "dispenser_data", Map.of("dispensers", List.of()))));
            all.add(user);
        }
        return json(Map.of("users", all));
    }

    private static Map<String, Object> activity(int i) {
        return Map.of(
                "username",
                "User",
                "activity_type",
                "scrape",
                "details",
                Map.of("number", i, "text", "x".repeat(100)),
                "timestamp",
                "20" + (24 + i % 2) + "-0" + (1 + i % 9) + "-15T08:00:00Z");
    }

    /** What the database holds of all that a migration may touch: equal only where nothing was changed. */
    static Map<String, String> contents() {
        Map<String, String> contents = new LinkedHashMap<>();
        for (String table : TABLES) {
            contents.put(
                    table,
                    Database.text(
                            "select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' order by t::text)), '')"
                                    + " from " + table + " t"));
        }
        return contents;
    }
}

package io.usher.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.usher.testing.Http;
import io.usher.testing.TestUser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Calls that move users. */
final class ImportCalls {
    static final String IMPORT = "/api/admin/users/import";
    static final String EXPORT = "/api/admin/users/export";

    private ImportCalls() {}

    static Http.Answer send(TestUser caller, String query, String contentType, byte[] file) {
        return Http.call("POST", IMPORT + query)
                .as(caller)
                .body(contentType, file)
                .send();
    }

    /** The report on a CSV file, its lines parted by LF. */
    static JsonNode csv(TestUser caller, String query, String... lines) {
        return report(send(caller, query, "text/csv", bytes(String.join("\n", lines) + "\n")));
    }

    static JsonNode report(Http.Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.status() + " " + answer.body());
        }
        return answer.json();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** {@code total created updated skipped failed} */
    static String counts(JsonNode report) {
        return "%s %s %s %s %s"
                .formatted(
                        report.path("total"),
                        report.path("created"),
                        report.path("updated"),
                        report.path("skipped"),
                        report.path("failed"));
    }

    /** {@code line field code} of each error. */
    static List<String> errors(JsonNode report) {
        List<String> errors = new ArrayList<>();
        report.path("errors")
                .forEach(error -> errors.add(
                        error.path("line").asText() + " " + error.path("field").asText() + " "
                                + error.path("code").asText()));
        return errors;
    }
}

package io.usher.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.OpenedSettings;
import io.usher.testing.TestUser;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that go on beyond what a file may have, and did not say so before. */
@QuarkusTest
@TestProfile(OpenedSettings.class)
class ImportSizeTest {
    private final TestUser admin = Given.superAdmin().create();

    @ParameterizedTest
    @CsvSource({
        "text/csv,return=representation",
        "text/csv,respond-async",
        "application/json,return=representation",
        "application/x-ndjson,return=representation"
    })
    void aFileWithoutALengthIsRefusedWhereItHasTooMuch(String type, String prefer) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + ImportCalls.IMPORT))
                .header("Authorization", "Bearer " + Actors.token(admin))
                .header("Content-Type", type)
                .header("Prefer", prefer)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file(type))))
                .build();

        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.body()).contains("payload_too_large", Integer.toString(OpenedSettings.MOST_IN_A_FILE));
    }

    private static byte[] file(String type) {
        String begin =
                switch (type) {
                    case "text/csv" -> "email\n";
                    case "application/json" -> "[";
                    default -> "";
                };
        String row =
                switch (type) {
                    case "text/csv" -> "nobody\n";
                    case "application/json" -> "{\"email\": \"nobody\"},\n";
                    default -> "{\"email\": \"nobody\"}\n";
                };
        return ImportCalls.bytes(begin + row.repeat(5 * OpenedSettings.MOST_IN_A_FILE / row.length()));
    }
}

package io.usher.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.usher.problem.FieldError;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
    private final StrictJson json =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator());

    enum Colour {
        RED,
        GREEN
    }

    record Limit(@NotNull @Max(10) Long limit) {}

    record Everything(
            @Nullable String text,
            @Nullable Integer number,
            @Nullable Long big,
            @Nullable Boolean flag,
            @Nullable Instant at,
            @Nullable UUID id,
            @Nullable Colour colour,
            @Nullable @Size(max = 2) List<@Size(max = 3) String> list,
            @Nullable Map<String, Limit> limits) {
        Everything {
            list = list == null ? List.of() : List.copyOf(list);
        }
    }

    record Merge(
            @Nullable String name,
            @Nullable String phone,
            @PresentFields Set<String> present) {}

    private <T extends Record> T read(String body, Class<T> type) {
        return json.read(body.getBytes(StandardCharsets.UTF_8), type);
    }

    private Map<String, String> faults(String body) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(body, Everything.class));
        assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
        return problem.errors().stream()
                .collect(java.util.stream.Collectors.toMap(FieldError::field, FieldError::code, (a, b) -> a + "+" + b));
    }

    @Test
    void everyTypeIsRead() {
        Everything read = read("""
                {"text": "ä", "number": -1, "big": 9223372036854775807, "flag": true, "at": "2026-11-20T21:15:30.5+01:00",
                 "id": "0199A0A0-0000-7000-8000-000000000000", "colour": "red", "list": ["a"], "limits": {"image": {"limit": 1}}}
                """, Everything.class);
        assertThat(read)
                .isEqualTo(new Everything(
                        "ä",
                        -1,
                        Long.MAX_VALUE,
                        true,
                        Instant.parse("2026-11-20T20:15:30.500Z"),
                        UUID.fromString("0199a0a0-0000-7000-8000-000000000000"),
                        Colour.RED,
                        List.of("a"),
                        Map.of("image", new Limit(1L))));
    }

    @Test
    void absentAndNullAreTheSameUnlessTheRecordAsks() {
        assertThat(read("{}", Everything.class))
                .isEqualTo(read("{\"text\": null, \"limits\": null}", Everything.class));
        assertThat(read("{\"phone\": null}", Merge.class)).isEqualTo(new Merge(null, null, Set.of("phone")));
        assertThat(read("{\"name\": \"a\"}", Merge.class).present()).containsExactly("name");
    }

    @Test
    void thePresentFieldsAreNoPropertyThemselves() {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> read("{\"present\": [\"name\"]}", Merge.class));
        assertThat(problem.errors()).extracting(FieldError::code).containsExactly("unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\": 1} | text | type",
                "{\"number\": \"1\"} | number | type",
                "{\"number\": 1.0} | number | type",
                "{\"number\": 2147483648} | number | range",
                "{\"big\": 9223372036854775808} | big | range",
                "{\"flag\": \"true\"} | flag | type",
                "{\"at\": \"2026-11-20\"} | at | format",
                "{\"at\": \"+999999999-01-01T00:00:00Z\"} | at | range",
                "{\"at\": 1} | at | type",
                "{\"id\": \"1-1-1-1-1\"} | id | format",
                "{\"colour\": \"RED\"} | colour | enum",
                "{\"list\": \"a\"} | list | type",
                "{\"list\": [null]} | list[0] | not_null",
                "{\"list\": [\"long\"]} | list[0] | size",
                "{\"list\": [\"a\", \"b\", \"c\"]} | list | size",
                "{\"limits\": {\"image\": {\"limit\": 11}}} | limits.image.limit | range",
                "{\"limits\": {\"image\": {}}} | limits.image.limit | required",
                "{\"limits\": {\"image\": null}} | limits.image | not_null",
                "{\"text\": \"\\u0000\"} | text | characters",
                "{\"other\": 1} | other | unknown"
            })
    void aFaultIsNamedWhereItIs(String body, String field, String code) {
        assertThat(faults(body)).containsExactlyEntriesOf(Map.of(field, code));
    }

    @Test
    void allFaultsAreNamedAtOnce() {
        assertThat(
                        faults(
                                "{\"text\": 1, \"number\": 1.5, \"more\": 1, \"limits\": {\"a\": {\"limit\": 11, \"x\": 1}, \"b\": 1}}"))
                .containsOnlyKeys("text", "number", "more", "limits.a.limit", "limits.a.x", "limits.b");
    }

    @Test
    void namesThatWouldBreakALogAreMadePrintable() {
        assertThat(faults("{\"a\\nb\": 1}")).containsOnlyKeys("a\uFFFDb");
    }

    @Test
    void nestingHasALimit() {
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> read("[".repeat(1 << 20), Everything.class));
        assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }
}

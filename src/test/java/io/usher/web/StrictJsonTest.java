package io.usher.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
    private final StrictJson json =
            new StrictJson(Validation.buildDefaultValidatorFactory().getValidator(), List.of());

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

    @SnakeCaseToo
    record WorkDay(
            @Min(0) @Nullable Integer startDay,
            @Nullable Limit dayLimit,
            @Nullable UUID v1Id) {}

    @SnakeCaseToo
    record SnakeMerge(
            @Nullable String friendlyName, @PresentFields Set<String> present) {}

    record Document(@JsonSize(max = 1000) @Nullable ObjectNode details) {}

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

    /** PostgreSQL writes such numbers out: a document of 64 KiB would come back as one of a gigabyte. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1e131071] | range",
                "[-1e-16383] | range",
                "{\"a\": [1e309]} | range",
                "[1e308, 1e308, 1e308, 1e308] | size",
                "[1e-308, 1e-308, 1e-308, 1e-308] | size"
            })
    void numbersThatGrowWhenTheyAreStoredAreRefused(String list, String code) {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> read("{\"details\": {\"list\": " + list + "}}", Document.class));
        assertThat(problem.errors())
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(tuple("details", code));
    }

    @Test
    void numbersOfOrdinarySizeAreKeptAsTheyAre() {
        Document read = read(
                "{\"details\": {\"list\": [0, 0e999999999, -1.5, 1.7e308, 5e-308, 9007199254740993]}}", Document.class);
        assertThat(String.valueOf(read.details())).contains("1.7E+308", "9007199254740993");
    }

    @Test
    void aBodyOfNothingButFaultsIsNotAnsweredWithAllOfThem() {
        String body =
                IntStream.range(0, 5000).mapToObj(i -> "\"p" + i + "\": 1").collect(Collectors.joining(",", "{", "}"));
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(body, Everything.class));
        assertThat(problem.errors()).hasSize(1000);
    }

    @Test
    void snakeCaseIsReadWhereTheRecordSaysSo() {
        UUID id = UUID.randomUUID();
        assertThat(read("{\"start_day\": 1, \"day_limit\": {\"limit\": 2}, \"v1_id\": \"" + id + "\"}", WorkDay.class))
                .isEqualTo(read(
                        "{\"startDay\": 1, \"dayLimit\": {\"limit\": 2}, \"v1Id\": \"" + id + "\"}", WorkDay.class))
                .isEqualTo(new WorkDay(1, new Limit(2L), id));
        assertThat(read("{\"friendly_name\": null}", SnakeMerge.class).present())
                .containsExactly("friendlyName");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"start_day\": -1} | startDay | range",
                "{\"start_day\": \"1\"} | startDay | type",
                "{\"start_day\": 1, \"startDay\": 1} | startDay | repeated",
                "{\"start_day\": null, \"startDay\": 1} | startDay | repeated",
                "{\"start__day\": 1} | start__day | unknown",
                "{\"Start_Day\": 1} | Start_Day | unknown",
                "{\"day_limit\": {\"li_mit\": 1, \"limit\": 2}} | dayLimit.li_mit | unknown"
            })
    void faultsInSnakeCaseAreNamedInCamelCase(String body, String field, String code) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(body, WorkDay.class));
        assertThat(problem.errors()).extracting(FieldError::field).containsExactly(field);
        assertThat(problem.errors()).extracting(FieldError::code).containsExactly(code);
    }

    @Test
    void otherRecordsAreReadInCamelCaseAlone() {
        record Plain(@Nullable String friendlyName) {}
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> read("{\"friendly_name\": \"a\"}", Plain.class));
        assertThat(problem.errors()).extracting(FieldError::code).containsExactly("unknown");
    }

    @Test
    void aBodyOfOnePropertyHasItsFaultsNamedAtOnce() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Map<String, JsonNode> body =
                Map.of("settings", nodes.objectNode().put("limit", 11).put("x", 1), "more", nodes.numberNode(1));
        assertThat(json.bindOnly(
                        "settings", Map.of("settings", nodes.objectNode().put("limit", 1)), Limit.class))
                .isEqualTo(new Limit(1L));
        ProblemException problem =
                catchThrowableOfType(ProblemException.class, () -> json.bindOnly("settings", body, Limit.class));
        assertThat(problem.errors())
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("more", "settings.x", "settings.limit");
        problem = catchThrowableOfType(ProblemException.class, () -> json.bindOnly("settings", Map.of(), Limit.class));
        assertThat(problem.errors()).extracting(FieldError::field).containsExactly("settings");
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

    @Test
    void exponentsHaveALimit() {
        ProblemException problem = catchThrowableOfType(
                ProblemException.class, () -> read("{\"number\": 1e99999999999}", Everything.class));

        assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
        assertThat(problem.getMessage()).contains("exponent").contains("line 1");
    }

    @Test
    void nothingFollowsTheBody() {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read("{} {}", Everything.class));

        assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    /** Else a megabyte of them takes minutes of a core to be told, one by one. */
    @Test
    void whatStandsInAListThatIsTooLongIsNotLookedAt() {
        String elements = IntStream.range(0, 200_000).mapToObj(i -> "\"long\"").collect(Collectors.joining(","));

        assertThat(faults("{\"list\": [" + elements + "]}"))
                .containsOnlyKeys("list")
                .containsValue("size");
    }

    /** Each of them would be validated, and told of, though nobody is shown more than a thousand faults. */
    @Test
    void mapsWithMoreEntriesThanAnybodyMeansAreNotLookedAt() {
        String entries =
                IntStream.range(0, 1001).mapToObj(i -> "\"r" + i + "\": {}").collect(Collectors.joining(","));

        assertThat(faults("{\"limits\": {" + entries + "}}")).isEqualTo(Map.of("limits", "size"));
    }

    /** Else its length is copied once for each fault behind it. */
    @Test
    void whatStandsUnderAnEndlessNameIsNotLookedAt() {
        Map<String, String> faults = faults("{\"limits\": {\"" + "n".repeat(201) + "\": {\"a\": 0, \"b\": 0}}}");

        assertThat(faults).hasSize(1).containsValue("size");
    }

    @Test
    void whatFollowsAThousandFaultsIsNotLookedAt() {
        String unknown =
                IntStream.range(0, 2000).mapToObj(i -> "\"u" + i + "\": 0").collect(Collectors.joining(","));

        assertThat(faults("{\"limits\": {\"a\": {\"limit\": 1, " + unknown + "}, \"b\": {}}}"))
                .hasSize(1000)
                .doesNotContainKey("limits.b.limit");
    }

    @ParameterizedTest
    @CsvSource({"349, true", "350, false"})
    void numbersAreNoLongerThanDoublesAre(int zeros, boolean taken) {
        ThrowingCallable reading = () -> read("{\"details\": {\"n\": 1" + "0".repeat(zeros) + "}}", Document.class);

        ProblemException refused = catchThrowableOfType(ProblemException.class, reading);

        assertThat(refused.code()).isEqualTo(taken ? ProblemCode.VALIDATION_FAILED : ProblemCode.MALFORMED_JSON);
    }
}

package io.usher.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonListTest {
    private static final int MAX = 3;

    private final List<String> read = new ArrayList<>();

    private void read(InputStream body) {
        JsonList.read(body, "users", MAX, this::note);
    }

    private void note(JsonNode element) {
        read.add(element.toString());
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsElementByElementWhateverTheyAre() {
        read(body(" {\"users\": [{\"a\": {\"b\": [1, 2]}}, [], null] } "));

        assertThat(read).containsExactly("{\"a\":{\"b\":[1,2]}}", "[]", "null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | '' | type",
                "7 | '' | type",
                "null | '' | type",
                "{} | users | required",
                "'' | users | required",
                "{\"users\": null} | users | required",
                "{\"users\": {\"a\": []}} | users | type",
                "{\"users\": \"a\"} | users | type",
                "{\"users\": [], \"more\": [{\"users\": 1}]} | more | unknown",
                "{\"users\": [1, 2, 3, 4]} | users | size"
            })
    void namesWhatIsWrongAroundTheElements(String body, String field, String code) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(body(body)));

        assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
        assertThat(problem.errors()).extracting(FieldError::field).containsExactly(field);
        assertThat(problem.errors()).extracting(FieldError::code).containsExactly(code);
        assertThat(read).hasSizeLessThanOrEqualTo(MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"users\": [",
                "{\"users\": [1",
                "{\"users\": [1,]}",
                "{\"users\": []",
                "{\"users\": []}x",
                "{\"users\": []}{}",
                "{\"users\": [{\"a\": 1, \"a\": 2}]}",
                "{\"users\": [{\"a\": 1e99999999999}]}",
                "{\"users\": [-1.5E-99999999999]}",
                "{\"users\": [], \"users\": []}",
                "{'users': []}"
            })
    void whatIsNoJsonIsMalformed(String body) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(body(body)));

        assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void nestingIsLimited() {
        String deep = "{\"users\": [" + "[".repeat(1_000_000);

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> read(body(deep)));

        assertThat(problem.code()).isEqualTo(ProblemCode.MALFORMED_JSON);
    }

    @Test
    void aBodyThatIsRefusedIsReadToItsEnd() throws IOException {
        InputStream body = body("{\"users\": [}" + " ".repeat(1 << 20));

        ProblemException ignored = catchThrowableOfType(ProblemException.class, () -> read(body));

        assertThat(body.available()).isZero();
    }
}

package io.usher.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.usher.problem.FieldError;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.web.PageRequest.CountMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.common.util.QuarkusMultivaluedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryReaderTest {
    private static final UUID ID = UUID.fromString("0199a0a0-0000-7000-8000-000000000000");

    private static QueryReader query(String... namesAndValues) {
        var parameters = new QuarkusMultivaluedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new QueryReader(parameters);
    }

    private static List<FieldError> faults(QueryReader query) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, query::done);
        assertThat(problem.code()).isEqualTo(ProblemCode.VALIDATION_FAILED);
        return problem.errors();
    }

    @Test
    void whatIsAbsentHasItsDefault() {
        QueryReader query = query();
        PageRequest page = PageRequest.from(query, 20, 100, "createdAt.desc");
        assertThat(page).isEqualTo(new PageRequest(20, 0, null, CountMode.EXACT));
        assertThat(query.bool("deleted", true)).isTrue();
        assertThat(query.text("q", 10)).isNull();
        assertThat(query.instant("since")).isNull();
        query.done();
    }

    @Test
    void whatIsThereIsRead() {
        QueryReader query =
                query("limit", "100", "offset", "5", "count", "none", "since", "2026-11-20T20:15:30Z", "q", "ä");
        PageRequest page = PageRequest.from(query, 20, 100, "createdAt.desc");
        assertThat(page).isEqualTo(new PageRequest(100, 5, null, CountMode.NONE));
        assertThat(query.instant("since")).isEqualTo(Instant.parse("2026-11-20T20:15:30Z"));
        assertThat(query.text("q", 10)).isEqualTo("ä");
        query.done();
    }

    @ParameterizedTest
    @CsvSource({
        "-1, range",
        "0, range",
        "101, range",
        "9223372036854775808, range",
        "1.5, type",
        "' 1', type",
        "'', type",
        "١, type",
        "0x1, type"
    })
    void aLimitThatIsNoneIsAtFault(String limit, String code) {
        QueryReader query = query("limit", limit);
        PageRequest.from(query, 20, 100, "createdAt.desc");
        assertThat(faults(query))
                .extracting(FieldError::field, FieldError::code)
                .containsExactly(org.assertj.core.api.Assertions.tuple("limit", code));
    }

    @Test
    void everyParameterAtFaultIsNamed() {
        QueryReader query = query(
                "limit", "x", "limit", "y", "count", "all", "since", "now", "q", "a\u0000", "flag", "1", "b", "1", "a",
                "1");
        PageRequest.from(query, 20, 100, "createdAt.desc");
        query.instant("since");
        query.text("q", 10);
        query.bool("flag", false);
        assertThat(faults(query))
                .extracting(FieldError::field)
                .containsExactly("limit", "limit", "count", "since", "q", "flag", "a", "b");
    }

    @Test
    void aCursorComesBackAsItWentOut() {
        Cursor cursor = new Cursor("name.asc", "Zoë \"x\"", ID);
        QueryReader query = query("cursor", cursor.encode());
        assertThat(PageRequest.from(query, 20, 100, "name.asc").cursor()).isEqualTo(cursor);
        query.done();
    }

    @Test
    void aCursorAndAnOffsetExcludeEachOther() {
        QueryReader query = query("cursor", new Cursor("name.asc", "a", ID).encode(), "offset", "1");
        PageRequest.from(query, 20, 100, "name.asc");
        assertThat(faults(query)).extracting(FieldError::field).containsExactly("offset");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "%%%", "W10", "WyJuYW1lLmFzYyIsMSwyXQ", "bnVsbA", "WyJuYW1lLmFzYyIsICJhIiwgIngiXQ", "e30"})
    void aForgedCursorIsRefused(String text) {
        QueryReader query = query("cursor", text);
        PageRequest.from(query, 20, 100, "name.asc");
        assertThatThrownBy(query::done).isInstanceOfSatisfying(ProblemException.class, p -> assertThat(p.code())
                .isEqualTo(ProblemCode.INVALID_CURSOR));
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        String text = new Cursor("name.asc", "a", ID).encode();
        QueryReader query = query("cursor", text);
        PageRequest.from(query, 20, 100, "name.desc");
        assertThatThrownBy(query::done).isInstanceOfSatisfying(ProblemException.class, p -> assertThat(p.code())
                .isEqualTo(ProblemCode.INVALID_CURSOR));
    }
}

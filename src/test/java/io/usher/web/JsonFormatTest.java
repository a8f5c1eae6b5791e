package io.usher.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFormatTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T20:15:30.123Z,2026-11-20T20:15:30.123Z",
        "2026-01-02T03:04:05Z,2026-01-02T03:04:05.000Z",
        "2026-01-02T03:04:05.0079999Z,2026-01-02T03:04:05.007Z",
        "1969-12-31T23:59:59.999Z,1969-12-31T23:59:59.999Z",
        "0001-01-01T00:00:00Z,0001-01-01T00:00:00.000Z",
        "9999-12-31T23:59:59.999Z,9999-12-31T23:59:59.999Z",
        "+12026-11-20T20:15:30Z,+12026-11-20T20:15:30.000Z",
    })
    void timesHaveThreeDigitsOfMilliseconds(Instant time, String text) {
        assertThat(JsonFormat.time(time)).isEqualTo(text);
    }
}

package io.usher.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7240, section 2. */
class PreferTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "respond-async",
                "Respond-Async",
                " respond-async ; x=\"a,b\"",
                "wait=10, respond-async",
                "respond-async=\"\"",
                "note=\"a \\\" b\", respond-async"
            })
    void askedFor(String header) {
        assertThat(Prefer.asks(List.of("return=minimal", header), Prefer.RESPOND_ASYNC))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait=10",
                "respond-asynchronously",
                "respond-async=no",
                "return=minimal; respond-async",
                "note=\"a, respond-async\"",
                "note=\"a \\\", respond-async\""
            })
    void notAskedFor(String header) {
        assertThat(Prefer.asks(List.of(header), Prefer.RESPOND_ASYNC)).isFalse();
    }

    @Test
    void withoutTheHeaderNothingIsAskedFor() {
        assertThat(Prefer.asks(List.of(), Prefer.RESPOND_ASYNC)).isFalse();
    }
}

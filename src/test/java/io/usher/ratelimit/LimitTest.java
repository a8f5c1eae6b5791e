package io.usher.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {
    @Test
    void readsAQuotaAndAWindow() {
        assertThat(Limit.of("5/60s")).isEqualTo(new Limit(5, Duration.ofMinutes(1)));
        assertThat(Limit.of(" 1200 / 1m ")).isEqualTo(new Limit(1200, Duration.ofMinutes(1)));
        assertThat(Limit.of("7/24H")).isEqualTo(new Limit(7, Duration.ofHours(24)));
        assertThat(Limit.of("5/60s")).hasToString("5/60s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "5/60",
                "5/60ms",
                "0/60s",
                "-1/60s",
                "5/0s",
                "1000001/60s",
                "5/25h",
                "five/60s",
                "5/60s/2"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Limit.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit");
    }

    @Test
    void countsAnIpv6NetworkAsOneClient() {
        assertThat(Network.of("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(Network.of("2001:db8:1:2::1"))
                .isEqualTo(Network.of("2001:db8:1:2:ffff::9"))
                .isNotEqualTo(Network.of("2001:db8:1:3::1"));
        assertThat(Network.of("unknown")).isEqualTo("unknown");
    }
}

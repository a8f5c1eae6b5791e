package io.usher.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RedisCircuitTest {
    private static final Instant NOW = Instant.parse("2026-11-20T20:15:30Z");
    private final RedisCircuit circuit = new RedisCircuit();

    @Test
    void opensAfterThreeFailuresInARowAndSaysSoOnce() {
        circuit.failed();
        circuit.failed();
        circuit.succeeded();
        assertThat(circuit.failed()).isFalse();
        assertThat(circuit.failed()).isFalse();
        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.failed()).isTrue();
        assertThat(circuit.failed()).isFalse();
        assertThat(circuit.isOpen()).isTrue();
    }

    @Test
    void isNotBelievedWhenItHasJustClosed() {
        assertThat(circuit.isTrusted(NOW)).isTrue();
        assertThat(circuit.close(NOW)).isFalse();
        assertThat(circuit.isTrusted(NOW)).isTrue();
        for (int i = 0; i < RedisCircuit.FAILURES; i++) {
            circuit.failed();
        }
        assertThat(circuit.isTrusted(NOW)).isFalse();
        assertThat(circuit.close(NOW)).isTrue();
        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.isTrusted(NOW)).isFalse();
        assertThat(circuit.isTrusted(NOW.plus(RedisCircuit.DISTRUST))).isTrue();
    }
}

package io.usher.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void whatPostgresCanHoldIsStorable() {
        assertThat(Text.isStorable("")).isTrue();
        assertThat(Text.isStorable("ä\n\uD83D\uDE00\uFFFF")).isTrue();
        assertThat(Text.isStorable("a\u0000")).isFalse();
        assertThat(Text.isStorable("\uD83D")).isFalse();
        assertThat(Text.isStorable("\uDE00\uD83D")).isFalse();
        assertThat(Text.isStorable("\uD83Da")).isFalse();
    }

    @Test
    void whatBreaksALineIsReplaced() {
        assertThat(Text.printable("a\r\nb\u2028\u0085\uD83D c\uD83D\uDE00", 100))
                .isEqualTo("a\uFFFD\uFFFDb\uFFFD\uFFFD\uFFFD c\uD83D\uDE00");
        assertThat(Text.printable("\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 2)).isEqualTo("\uD83D\uDE00\uD83D\uDE00");
    }
}

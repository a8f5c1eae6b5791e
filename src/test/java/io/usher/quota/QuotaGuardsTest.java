package io.usher.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuotaGuardsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T23:59:00Z");
    private static final QuotaSetting DAILY = new QuotaSetting(QuotaType.DAILY, 5L);
    private static final QuotaSetting UNLIMITED = new QuotaSetting(QuotaType.UNLIMITED, null);

    @Test
    void aRefusalSaysWhenTheQuotaResets() {
        ProblemException problem = refused(new QuotaRow(DAILY, 5, NOW.minusSeconds(3600)));

        assertThat(problem.retryAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(problem.getMessage()).contains("5 daily").contains("2026-11-26T00:00:00");
    }

    @Test
    void aRefusalByAQuotaThatWasUnlimitedAMomentAgoSaysWhenToTryAgain() {
        ProblemException problem = refused(new QuotaRow(UNLIMITED, 5, Instant.EPOCH));

        assertThat(problem.code()).isEqualTo(ProblemCode.QUOTA_EXCEEDED);
        assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(problem.getMessage()).doesNotContain("null");
    }

    private static ProblemException refused(QuotaRow row) {
        return catchThrowableOfType(
                ProblemException.class,
                () -> QuotaGuards.requireTaken(new QuotaRepository.Taken(false, row), "image", DAILY, NOW));
    }
}

package io.usher.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
    private static final long WINDOW = 60_000;
    private static final long START = 1_700_000_040_000L;

    @Test
    void allowsTheQuotaAndNoMore() {
        SlidingWindow window = new SlidingWindow();
        for (int left = 4; left >= 0; left--) {
            assertThat(window.take(5, WINDOW, START)).isEqualTo(new Decision(true, left, WINDOW, 0));
        }
        assertThat(window.take(5, WINDOW, START).allowed()).isFalse();
    }

    @Test
    void remembersTheLastWindowForThePartThatStillShows() {
        SlidingWindow window = new SlidingWindow();
        for (int i = 0; i < 5; i++) {
            window.take(5, WINDOW, START + WINDOW - 1);
        }
        assertThat(window.take(5, WINDOW, START + WINDOW).allowed()).isFalse();
        assertThat(window.take(5, WINDOW, START + WINDOW + 11_999).allowed()).isFalse();
        assertThat(window.take(5, WINDOW, START + WINDOW + 12_000).allowed()).isTrue();
        assertThat(window.take(5, WINDOW, START + WINDOW + 12_001).allowed()).isFalse();
    }

    @Test
    void forgetsWhatIsOlder() {
        SlidingWindow window = new SlidingWindow();
        window.take(1, WINDOW, START);
        assertThat(window.take(1, WINDOW, START + 2 * WINDOW).allowed()).isTrue();
    }

    /** Whatever comes when: no window of this length ever holds twice the quota, and no aligned one more than the quota. */
    @RepeatedTest(50)
    void neverExceedsTheQuota() {
        Random random = new Random();
        int quota = 1 + random.nextInt(20);
        SlidingWindow window = new SlidingWindow();
        List<Long> allowed = new ArrayList<>();
        long now = START + random.nextInt((int) WINDOW);
        for (int i = 0; i < 2000; i++) {
            now += random.nextInt(random.nextBoolean() ? 10 : 5000);
            if (window.take(quota, WINDOW, now).allowed()) {
                allowed.add(now);
            }
        }
        for (long end : allowed) {
            assertThat(allowed.stream().filter(t -> t / WINDOW == end / WINDOW)).hasSizeLessThanOrEqualTo(quota);
            assertThat(allowed.stream().filter(t -> t > end - WINDOW && t <= end))
                    .hasSizeLessThan(2 * quota);
        }
    }

    /** The time that a refusal names is exact: a millisecond earlier is refused, at that time it is allowed. */
    @RepeatedTest(50)
    void saysExactlyWhenToComeBack() {
        Random random = new Random();
        int quota = 1 + random.nextInt(20);
        long seed = random.nextLong();
        long refusedAt = firstRefusal(new SlidingWindow(), quota, new Random(seed));
        SlidingWindow early = new SlidingWindow();
        firstRefusal(early, quota, new Random(seed));
        long retry = early.take(quota, WINDOW, refusedAt).retry();
        assertThat(retry).isPositive();
        assertThat(early.take(quota, WINDOW, refusedAt + retry - 1).allowed()).isFalse();
        assertThat(early.take(quota, WINDOW, refusedAt + retry).allowed()).isTrue();
    }

    private static long firstRefusal(SlidingWindow window, int quota, Random random) {
        long now = START;
        while (window.take(quota, WINDOW, now).allowed()) {
            now += random.nextInt(4000);
        }
        return now;
    }
}

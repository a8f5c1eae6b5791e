package io.usher.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every moment is in exactly one window, also at midnight, on Mondays, on leap days and at the turn of a year. */
class QuotaWindowTest {
    @Provide
    Arbitrary<Instant> moments() {
        Arbitrary<Instant> any = Arbitraries.longs()
                .between(
                        Instant.parse("1999-01-01T00:00:00Z").toEpochMilli(),
                        Instant.parse("2101-01-01T00:00:00Z").toEpochMilli())
                .map(Instant::ofEpochMilli);
        Arbitrary<Instant> edges = Arbitraries.of(
                        "2024-02-29T00:00:00Z",
                        "2024-03-01T00:00:00Z",
                        "2100-03-01T00:00:00Z",
                        "2026-01-01T00:00:00Z",
                        "2027-01-01T00:00:00Z",
                        "2026-11-23T00:00:00Z",
                        "2020-12-28T00:00:00Z",
                        "2021-01-04T00:00:00Z")
                .map(Instant::parse)
                .flatMap(edge -> Arbitraries.longs().between(-2, 2).map(edge::plusMillis));
        return Arbitraries.oneOf(any, edges);
    }

    @Property
    void aMomentIsInTheWindowThatItFinds(@ForAll("moments") Instant moment, @ForAll QuotaType type) {
        QuotaWindow window = QuotaWindow.at(type, moment);

        assertThat(moment).isAfterOrEqualTo(window.start());
        if (window.end() != null) {
            assertThat(moment).isBefore(window.end());
        }
    }

    @Property
    void windowsFollowOneAnotherWithoutGapOrOverlap(@ForAll("moments") Instant moment) {
        for (QuotaType type : new QuotaType[] {QuotaType.DAILY, QuotaType.WEEKLY}) {
            QuotaWindow window = QuotaWindow.at(type, moment);

            assertThat(QuotaWindow.at(type, window.start())).isEqualTo(window);
            assertThat(QuotaWindow.at(type, window.end().minusNanos(1))).isEqualTo(window);
            assertThat(QuotaWindow.at(type, window.end()).start()).isEqualTo(window.end());
            assertThat(QuotaWindow.at(type, window.start().minusNanos(1)).end()).isEqualTo(window.start());
        }
    }

    @Property
    void daysStartAtMidnightAndWeeksOnMonday(@ForAll("moments") Instant moment) {
        QuotaWindow day = QuotaWindow.at(QuotaType.DAILY, moment);
        QuotaWindow week = QuotaWindow.at(QuotaType.WEEKLY, moment);

        assertThat(day.start().getEpochSecond() % 86_400).isZero();
        assertThat(Duration.between(day.start(), day.end())).isEqualTo(Duration.ofDays(1));
        assertThat(week.start().atOffset(ZoneOffset.UTC).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(week.start().getEpochSecond() % 86_400).isZero();
        assertThat(Duration.between(week.start(), week.end())).isEqualTo(Duration.ofDays(7));
        assertThat(day.start()).isBetween(week.start(), week.end());
    }

    /** What the statement does with a row, told in Java: it counts where the clock says, and a clock that is behind takes nothing back. */
    @Property
    void aRowCountsInOneWindowOnly(@ForAll("moments") Instant charged, @ForAll("moments") Instant seen) {
        QuotaSetting setting = new QuotaSetting(QuotaType.DAILY, 50L);
        Instant start = QuotaWindow.at(QuotaType.DAILY, charged).start();
        QuotaView view = new QuotaRow(null, 7, start).view("image", setting, seen);

        boolean passed = !seen.isBefore(QuotaWindow.at(QuotaType.DAILY, charged).end());
        assertThat(view.used()).isEqualTo(passed ? 0 : 7);
        assertThat(view.remaining()).isEqualTo(passed ? 50 : 43);
        assertThat(view.resetsAt())
                .isEqualTo(
                        QuotaWindow.at(QuotaType.DAILY, passed ? seen : charged).end())
                .isAfter(seen);
    }

    @Example
    void anUnlimitedQuotaHasOneWindow() {
        assertThat(QuotaWindow.at(QuotaType.UNLIMITED, Instant.parse("2026-11-20T20:15:30Z")))
                .isEqualTo(new QuotaWindow(Instant.EPOCH, null));
    }
}

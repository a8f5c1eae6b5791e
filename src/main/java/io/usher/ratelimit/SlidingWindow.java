package io.usher.ratelimit;

/**
 * A sliding window, approximated by two fixed ones: what was done in the last window counts for the part of it that still shows. The same
 * arithmetic as {@code window.lua}, for when Redis is away; exact, in whole numbers.
 */
final class SlidingWindow {
    private long index;
    private long current;
    private long previous;

    /** Counts one more at a time in milliseconds, if it fits. What is refused is not counted. */
    synchronized Decision take(long quota, long window, long now) {
        moveTo(Math.floorDiv(now, window));
        long elapsed = Math.floorMod(now, window);
        long used = current * window + previous * (window - elapsed);
        long missing = used + window - quota * window;
        if (missing <= 0) {
            current++;
            return new Decision(true, -missing / window, window - elapsed, 0);
        }
        long remaining = Math.max(0, Math.floorDiv(window - missing, window));
        return new Decision(false, remaining, window - elapsed, retry(quota, window, window - elapsed, missing));
    }

    private void moveTo(long now) {
        if (now != index) {
            previous = now == index + 1 ? current : 0;
            current = 0;
            index = now;
        }
    }

    /** In this window, if what is left of the last one is all that is in the way; else in the next, where this one has shrunk enough. */
    private long retry(long quota, long window, long rest, long missing) {
        if (current + 1 <= quota) {
            return ceilDiv(missing, previous);
        }
        return rest + Math.max(0, ceilDiv((current + 1 - quota) * window, current));
    }

    private static long ceilDiv(long dividend, long divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }
}

package io.usher.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as every list of the contract answers.
 *
 * @param total how many there are in all; null with {@code count=none}
 * @param totalIsEstimate whether {@code total} comes from the planner's statistics
 * @param nextCursor where the next page begins; null on the last page
 */
public record Page<T>(
        List<T> items,
        @Nullable Long total,
        boolean totalIsEstimate,
        int limit,
        long offset,
        @Nullable String nextCursor) {

    /** The same page with its items mapped. */
    public <R> Page<R> map(Function<T, R> mapper) {
        return new Page<>(items.stream().map(mapper).toList(), total, totalIsEstimate, limit, offset, nextCursor);
    }
}

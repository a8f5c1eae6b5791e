package io.usher.web;

import org.jspecify.annotations.Nullable;

/**
 * Which page a list call wants.
 *
 * @param limit 1 up to the list's own maximum
 * @param offset rows to skip; 0 where a cursor is given
 * @param cursor where the page begins, from the page before; null for the first page or for offset paging
 */
public record PageRequest(int limit, long offset, @Nullable Cursor cursor, CountMode count) {

    /** What the documents of a page may have together, in bytes, unless the first alone has more: a page stands in memory as a whole. */
    public static final long MAX_BYTES = 8L << 20;

    /** How the total is found. */
    public enum CountMode {
        EXACT,
        ESTIMATE,
        NONE
    }

    /** Reads {@code limit}, {@code offset}, {@code cursor} and {@code count}; {@code sort} names the order the cursor must belong to. */
    public static PageRequest from(QueryReader query, int defaultLimit, int maxLimit, String sort) {
        int limit = (int) query.integer("limit", 1, maxLimit, defaultLimit);
        long offset = query.integer("offset", 0, Integer.MAX_VALUE, 0);
        CountMode count = query.oneOf("count", CountMode.class, CountMode.EXACT);
        String text = query.text("cursor", 1000);
        if (text != null && offset != 0) {
            query.fail("offset", "conflict", "cannot be combined with cursor");
        }
        Cursor cursor = text == null ? null : Cursor.decode(text, sort);
        if (text != null && cursor == null) {
            query.fail("cursor", "format", "is not a nextCursor of this list in this order", Cursor.invalid());
        }
        return new PageRequest(limit, offset, cursor, count);
    }
}

package io.usher.web;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A list that is read whole, since it is short, and cut here into the page that is asked for.
 *
 * @param order the order's name in cursors
 * @param key what an item is found by, 200 characters at most
 */
public record ShortList<T>(String order, Function<? super T, String> key) {

    /** @param all the whole list, in its order */
    public Page<T> page(List<T> all, PageRequest request) {
        Cursor cursor = request.cursor();
        int from = cursor == null ? (int) Math.min(request.offset(), all.size()) : behind(cursor, all);
        int to = Math.min(from + request.limit(), all.size());
        return new Page<>(
                List.copyOf(all.subList(from, to)),
                request.count() == PageRequest.CountMode.NONE ? null : (long) all.size(),
                false,
                request.limit(),
                request.offset(),
                to < all.size() ? cursorAt(to - 1, all) : null);
    }

    /** It names the item, and the place that it has now in place of the id. */
    private String cursorAt(int place, List<T> all) {
        return new Cursor(order, key.apply(all.get(place)), new UUID(0, place)).encode();
    }

    /** Behind the item that the cursor names, wherever it is by now; at the place that it had, where it is gone. */
    private int behind(Cursor cursor, List<T> all) {
        for (int i = 0; i < all.size(); i++) {
            if (key.apply(all.get(i)).equals(cursor.key())) {
                return i + 1;
            }
        }
        long place = cursor.id().getLeastSignificantBits();
        return (int) Math.max(0, Math.min(place, all.size()));
    }
}

package io.usher.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.web.PageRequest.CountMode;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortListTest {
    private static final ShortList<String> LETTERS = new ShortList<>("letter.asc", Function.identity());
    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    private static Page<String> page(List<String> all, int limit, @Nullable String cursor) {
        return LETTERS.page(all, request(limit, 0, cursor == null ? null : Cursor.decode(cursor, LETTERS.order())));
    }

    private static PageRequest request(int limit, long offset, @Nullable Cursor cursor) {
        return new PageRequest(limit, offset, cursor, CountMode.EXACT);
    }

    @Test
    void cursorsLeadThroughAllOfIt() {
        Page<String> first = page(ALL, 2, null);
        Page<String> second = page(ALL, 2, first.nextCursor());
        Page<String> third = page(ALL, 2, second.nextCursor());

        assertThat(first.items()).containsExactly("a", "b");
        assertThat(second.items()).containsExactly("c", "d");
        assertThat(third.items()).containsExactly("e");
        assertThat(third.nextCursor()).isNull();
        assertThat(first.total()).isEqualTo(5);
        assertThat(first.limit()).isEqualTo(2);
    }

    @Test
    void aFullLastPageHasNoNextOne() {
        assertThat(page(ALL, 5, null).nextCursor()).isNull();
        assertThat(page(List.of(), 5, null).items()).isEmpty();
    }

    @Test
    void whatIsInsertedBeforeAPageDoesNotMoveIt() {
        String cursor = page(ALL, 2, null).nextCursor();
        assertThat(page(List.of("0", "a", "aa", "b", "c", "d"), 2, cursor).items())
                .containsExactly("c", "d");
    }

    @Test
    void thePageGoesOnWhereTheLastItemWasThatIsGone() {
        String cursor = page(ALL, 2, null).nextCursor();
        assertThat(page(List.of("a", "c", "d", "e"), 2, cursor).items()).containsExactly("c", "d");
        assertThat(page(List.of(), 2, cursor).items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 6, Long.MAX_VALUE})
    void aForgedCursorIsNoError(long place) {
        Cursor forged = new Cursor(LETTERS.order(), "none", new UUID(7, place));
        assertThat(LETTERS.page(ALL, request(2, 0, forged)).items()).hasSizeLessThan(3);
    }

    @Test
    void offsetsSkipAndCountsCanBeLeftOut() {
        assertThat(LETTERS.page(ALL, request(3, 3, null)).items()).containsExactly("d", "e");
        assertThat(LETTERS.page(ALL, request(3, Integer.MAX_VALUE, null)).items())
                .isEmpty();
        assertThat(LETTERS.page(ALL, new PageRequest(3, 0, null, CountMode.NONE))
                        .total())
                .isNull();
    }
}

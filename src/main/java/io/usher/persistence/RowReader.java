package io.usher.persistence;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a row one after the other, in the order of the statement. By name, the driver looks for each among all of them: a page of
 * twenty users would take ten thousand comparisons of texts.
 */
public final class RowReader {
    private final Row row;
    private int next;

    /** @param first the column to begin with, from 0 */
    public RowReader(Row row, int first) {
        this.row = row;
        this.next = first;
    }

    /** The constants of a column by what stands in it. */
    public static <E> Map<String, E> byValue(E[] constants, Function<E, String> value) {
        return Stream.of(constants).collect(Collectors.toUnmodifiableMap(value, constant -> constant));
    }

    public UUID id() {
        return Objects.requireNonNull(row.getUUID(next++));
    }

    public String text() {
        return Objects.requireNonNull(textOrNull());
    }

    public @Nullable String textOrNull() {
        return row.getString(next++);
    }

    public boolean truth() {
        return Objects.requireNonNull(row.getBoolean(next++));
    }

    public long number() {
        return Objects.requireNonNull(row.getLong(next++));
    }

    public Instant time() {
        return Objects.requireNonNull(timeOrNull());
    }

    public @Nullable Instant timeOrNull() {
        OffsetDateTime time = row.getOffsetDateTime(next++);
        return time == null ? null : time.toInstant();
    }

    public List<String> texts() {
        return List.of(row.getArrayOfStrings(next++));
    }

    /** @param constants {@link #byValue} */
    public <E> E constant(Map<String, E> constants) {
        return Objects.requireNonNull(constantOrNull(constants));
    }

    /** As {@link #constant}; null where the column is. What is none of the constants is a fault, and not nothing. */
    public <E> @Nullable E constantOrNull(Map<String, E> constants) {
        String text = textOrNull();
        return text == null ? null : Objects.requireNonNull(constants.get(text), text);
    }
}

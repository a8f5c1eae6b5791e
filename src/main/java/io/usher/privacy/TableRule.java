package io.usher.privacy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a table's rows on a user when that is anonymised, and what an export shows of them. Columns are those of {@code t}; parameter
 * $1 is the user, $2 the present time.
 *
 * @param fate of the rows
 * @param held which rows are on the user; empty where none are
 * @param ofItself which of them say nothing of others that it dealt with, and so are shown to its admins: as a rule those held
 * @param order in which they are shown
 * @param erased which of them are erased: as a rule those held
 * @param others what rows of others say of the user, and what becomes of that; null for nothing
 * @param columns all of them, by name
 */
record TableRule(
        String table,
        Fate fate,
        String held,
        String ofItself,
        String order,
        String erased,
        @Nullable Others others,
        Map<String, Column> columns) {

    /** What becomes of rows. */
    enum Fate {
        /** There is nothing personal in them. */
        KEPT,
        /** They stay, without what is personal in them. */
        CLEARED,
        DELETED
    }

    /** How a column is shown. */
    enum Shown {
        AS_IS,
        /** JSON, which is shown as it is stored. */
        DOCUMENT,
        /** It is named, but not shown: whoever has it could act for the user. */
        SECRET,
        /** It follows from other columns. */
        DERIVED
    }

    /**
     * A column.
     *
     * @param becomes what it is set to; null for what stays
     * @param decides whether setting it counts as erasing: not for what only keeps the books
     * @param shownAs how the export reads it
     */
    record Column(Shown shown, @Nullable String becomes, boolean decides, String shownAs) {}

    /** Rows of others. @param where which; @param set what they become, as SQL. */
    record Others(String where, String set) {}

    static TableRule kept(String table, String held, String order) {
        return new TableRule(table, Fate.KEPT, held, held, order, held, null, Map.of());
    }

    static TableRule cleared(String table, String held, String order) {
        return new TableRule(table, Fate.CLEARED, held, held, order, held, null, Map.of());
    }

    static TableRule deleted(String table, String held, String order) {
        return new TableRule(table, Fate.DELETED, held, held, order, held, null, Map.of());
    }

    /** A table without anything on users. */
    static TableRule notPersonal(String table, String... columns) {
        return kept(table, "", "").shows(columns);
    }

    /** Only these of the rows held are shown to its admins. */
    TableRule ofItself(String condition) {
        return new TableRule(table, fate, held, condition, order, erased, others, columns);
    }

    /** Only these of the rows held are erased. */
    TableRule erasedWhere(String condition) {
        return new TableRule(table, fate, held, ofItself, order, condition, others, columns);
    }

    TableRule others(String where, String set) {
        return new TableRule(table, fate, held, ofItself, order, erased, new Others(where, set), columns);
    }

    /** Columns that are shown, and stay as long as their row does. */
    TableRule shows(String... names) {
        return with(Shown.AS_IS, null, names);
    }

    /** As {@link #shows}, for JSON. */
    TableRule showsDocuments(String... names) {
        return with(Shown.DOCUMENT, null, names);
    }

    /** Columns that are shown, and emptied. */
    TableRule clears(String... names) {
        return with(Shown.AS_IS, "null", names);
    }

    /** As {@link #clears}, for JSON. */
    TableRule clearsDocuments(String... names) {
        return with(Shown.DOCUMENT, "null", names);
    }

    TableRule secret(String... names) {
        return with(Shown.SECRET, fate == Fate.CLEARED ? "null" : null, names);
    }

    TableRule derived(String... names) {
        return with(Shown.DERIVED, null, names);
    }

    /** A column that is shown, and set to something else. */
    TableRule sets(String name, String becomes) {
        return with(name, new Column(Shown.AS_IS, becomes, true, "t." + name));
    }

    /** A column that is written along with others, and would not be for itself. */
    TableRule notes(String name, String becomes) {
        return with(name, new Column(Shown.AS_IS, becomes, false, "t." + name));
    }

    /** Shows a column, that was named before, otherwise than it is. */
    TableRule shownAs(String name, String expression) {
        Column column = column(name);
        return with(name, new Column(column.shown(), column.becomes(), column.decides(), expression));
    }

    Column column(String name) {
        Column column = columns.get(name);
        if (column == null) {
            throw new IllegalArgumentException(table + "." + name + " is not classified");
        }
        return column;
    }

    /** The names of the columns that are shown so. */
    List<String> names(Shown... shown) {
        List<Shown> any = List.of(shown);
        return columns.entrySet().stream()
                .filter(column -> any.contains(column.getValue().shown()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether an export shows it. */
    boolean isShown() {
        return !held.isEmpty();
    }

    private TableRule with(Shown shown, @Nullable String becomes, String... names) {
        return Stream.of(names)
                .reduce(
                        this,
                        (rule, name) -> rule.with(
                                name,
                                new Column(
                                        shown, becomes, true, "t." + name + (shown == Shown.DOCUMENT ? "::text" : ""))),
                        (one, other) -> other);
    }

    private TableRule with(String name, Column column) {
        Map<String, Column> more = new LinkedHashMap<>(columns);
        more.put(name, column);
        return new TableRule(table, fate, held, ofItself, order, erased, others, more);
    }

    /** The columns that are set, each through this form with its name and what it becomes. */
    String settings(String form, boolean decidingOnly) {
        return columns.entrySet().stream()
                .filter(column -> column.getValue().becomes() != null
                        && (column.getValue().decides() || !decidingOnly))
                .map(column -> form.formatted(column.getKey(), column.getValue().becomes()))
                .collect(Collectors.joining(", "));
    }
}

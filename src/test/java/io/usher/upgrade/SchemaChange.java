package io.usher.upgrade;

import io.usher.upgrade.SchemaCatalog.Column;
import io.usher.upgrade.SchemaCatalog.Rule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What of a change of the schema a version that was written for the schema before cannot live with (decision 132). */
record SchemaChange(SchemaCatalog before, SchemaCatalog after) {
    private static final Pattern LIST = Pattern.compile("ARRAY\\[(.*?)]");
    private static final Pattern ITEM = Pattern.compile("'(?:[^']|'')*'");

    /** One line for each; empty where the versions can run side by side. */
    Set<String> faults() {
        Set<String> faults = new TreeSet<>();
        before.columns().forEach((name, column) -> faults.addAll(lost(name, column)));
        after.columns().forEach((name, column) -> faults.addAll(demanded(name, column)));
        after.rules().forEach((text, rule) -> faults.addAll(narrowed(text, rule)));
        before.rules().forEach((text, rule) -> faults.addAll(notInferable(text, rule)));
        before.functions().forEach((signature, result) -> faults.addAll(changed(signature, result)));
        difference(before.triggers(), after.triggers()).forEach(trigger -> faults.add("trigger is gone: " + trigger));
        difference(after.triggers(), before.triggers()).stream()
                .filter(trigger ->
                        tables(before).stream().anyMatch(table -> trigger.contains(" ON public." + table + " ")))
                .forEach(trigger -> faults.add("trigger is new on a table that is not: " + trigger));
        return faults;
    }

    private Set<String> lost(String name, Column column) {
        Column now = after.columns().get(name);
        if (now == null) {
            return Set.of(name + " is gone");
        }
        Set<String> faults = new TreeSet<>();
        if (!now.type().equals(column.type())) {
            faults.add(name + " was " + column.type() + ", is " + now.type());
        }
        if (now.notNull() && !column.notNull()) {
            faults.add(name + " must not be null any more");
        }
        if (column.filled() && now.notNull() && !now.filled()) {
            faults.add(name + " has no default any more");
        }
        if (now.generated() != column.generated()) {
            faults.add(name + " cannot be written as before");
        }
        return faults;
    }

    private Set<String> demanded(String name, Column column) {
        boolean isNew = !before.columns().containsKey(name) && tables(before).contains(table(name));
        return isNew && column.notNull() && !column.filled() ? Set.of(name + " is new, and must be written") : Set.of();
    }

    /** Of what is only about new columns the version before writes nothing. */
    private Set<String> narrowed(String text, Rule rule) {
        boolean ofOldTable = tables(before).contains(text.substring(0, text.indexOf(':')));
        boolean ofNewColumns =
                !rule.columns().isEmpty() && rule.columns().stream().noneMatch(before.columns()::containsKey);
        boolean concernsOld = ofOldTable && !ofNewColumns;
        return concernsOld && !before.rules().containsKey(text) && !isWider(text)
                ? Set.of("rows have to fulfil what they had not: " + text)
                : Set.of();
    }

    /** Whether it is a check of before with more values in its list. */
    private boolean isWider(String text) {
        return before.rules().keySet().stream()
                .anyMatch(old -> LIST.matcher(old)
                                .replaceAll("")
                                .equals(LIST.matcher(text).replaceAll(""))
                        && values(text).containsAll(values(old)));
    }

    private static Set<String> values(String text) {
        return LIST.matcher(text)
                .results()
                .flatMap(list -> ITEM.matcher(list.group(1)).results())
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private Set<String> notInferable(String text, Rule rule) {
        return rule.kind().equals("u") && !after.rules().containsKey(text)
                ? Set.of("'on conflict' has no index any more: " + text)
                : Set.of();
    }

    private Set<String> changed(String signature, String result) {
        return result.equals(after.functions().get(signature))
                ? Set.of()
                : Set.of(signature + " is gone or returns something else");
    }

    private static Set<String> tables(SchemaCatalog catalog) {
        return catalog.columns().keySet().stream().map(SchemaChange::table).collect(Collectors.toSet());
    }

    private static String table(String column) {
        return column.substring(0, column.indexOf('.'));
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        return all.stream().filter(one -> !without.contains(one)).collect(Collectors.toSet());
    }

    /** The faults without those that were looked at and allowed; what is allowed and is none is a fault, too. */
    Set<String> faults(Map<String, String> allowed) {
        Set<String> faults = new TreeSet<>(difference(faults(), allowed.keySet()));
        difference(allowed.keySet(), faults()).forEach(one -> faults.add("is allowed for nothing: " + one));
        return faults;
    }
}

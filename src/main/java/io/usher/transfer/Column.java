package io.usher.transfer;

import io.usher.user.FileUser;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A column of a CSV file: a component of {@link FileUser}.
 *
 * @param field in camel case, as JSON has it
 * @param name in snake case
 */
record Column(String field, String name, Class<?> type, Method getter) {
    /** In their order in the file; the hash of the password is the last. */
    static final List<Column> ALL = Arrays.stream(FileUser.class.getRecordComponents())
            .filter(component -> !component.getName().equals("present"))
            .map(Column::of)
            .toList();

    static final List<Column> WITHOUT_HASH = ALL.subList(0, ALL.size() - 1);

    private static final Map<String, Column> BY_NAME = ALL.stream()
            .flatMap(column -> List.of(column.name, column.field.toLowerCase(Locale.ROOT)).stream()
                    .distinct()
                    .map(name -> Map.entry(name, column)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private static Column of(RecordComponent component) {
        String field = component.getName();
        String name = field.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return new Column(field, name, component.getType(), component.getAccessor());
    }

    /** The column of a header in snake or camel case; null where there is none. */
    static @Nullable Column named(String header) {
        return BY_NAME.get(header.strip().toLowerCase(Locale.ROOT));
    }

    /** What a user has in it. */
    @Nullable
    Object value(FileUser user) {
        try {
            return getter.invoke(user);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Accessors of a public record can be called", e);
        }
    }
}

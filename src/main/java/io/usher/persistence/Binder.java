package io.usher.persistence;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement that is put together: {@link #bind} keeps a value, and answers the name that stands for it in the SQL. */
public final class Binder {
    private final List<@Nullable Object> values = new ArrayList<>();

    /** The parameter's name, such as {@code $3}. */
    public String bind(@Nullable Object value) {
        values.add(value);
        return "$" + values.size();
    }

    /** All values, in the order of their names. */
    public Tuple tuple() {
        return Tuple.from(values);
    }
}

package io.usher.persistence;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a statement that is put together: {@link #bind} keeps a value, and answers the name that stands for it in the SQL. */
public final class Binder {
    private final List<Object> values = new ArrayList<>();

    /** The parameter's name, such as {@code $3}. */
    public String bind(Object value) {
        values.add(value);
        return "$" + values.size();
    }

    /** All values, in the order of their names. */
    public Tuple tuple() {
        return Tuple.from(values);
    }
}

package io.usher.user;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a list goes on, as an index has it: by a key, and by the id where keys can be equal.
 *
 * @param key an expression
 * @param id breaks ties; null where there are none
 * @param pattern whether the index compares texts with the operators of {@code text_pattern_ops}
 */
record UserOrder(String key, @Nullable String id, boolean pattern) {
    static UserOrder of(UserSort sort) {
        return new UserOrder(sort.expression(), sort.isUnique() ? null : "u.id", sort.isPattern());
    }

    /** The same order over columns of other names. */
    UserOrder over(String otherKey, String otherId) {
        return new UserOrder(otherKey, id == null ? null : otherId, pattern);
    }

    /** An {@code order by} clause. */
    String by(UserFilter.Order order) {
        String direction = order.wireName();
        String byKey = pattern ? "using " + operator(order == UserFilter.Order.ASC ? "<" : ">") : direction;
        return " order by " + key + " " + byKey + (id == null ? "" : ", " + id + " " + direction);
    }

    /** A condition: what comes after this key and id in that order. */
    String beyond(UserFilter.Order order, String otherKey, Supplier<String> otherId) {
        return id == null
                ? key + " " + operator(order.after()) + " " + otherKey
                : "(" + key + ", " + id + ") " + order.after() + " (" + otherKey + ", " + otherId.get() + ")";
    }

    private String operator(String comparison) {
        return pattern ? "~" + comparison + "~" : comparison;
    }
}

package io.usher.user;

import com.fasterxml.jackson.annotation.JsonValue;
import io.usher.web.Cursor;

/**
 * The orders of the user list: each an expression with a b-tree of its own, together with the id that breaks ties where there can be any. Texts are
 * in the order of their bytes (decision 171).
 */
public enum UserSort {
    CREATED_AT("createdAt", "u.created_at", true, false),
    NAME("name", "lower(coalesce(u.name, '')) collate \"C\"", false, false),
    EMAIL("email", "u.email", false, true),
    LAST_LOGIN_AT("lastLoginAt", "coalesce(u.last_login_at, '-infinity'::timestamptz)", true, false);

    /** Sorts before every time: users that never logged in. */
    private static final String NEVER = "-infinity";

    private final String wireName;
    private final String expression;
    private final boolean time;
    private final boolean unique;

    UserSort(String wireName, String expression, boolean time, boolean unique) {
        this.wireName = wireName;
        this.expression = expression;
        this.time = time;
        this.unique = unique;
    }

    @JsonValue
    public String wireName() {
        return wireName;
    }

    String expression() {
        return expression;
    }

    /** Whether no two users have the same key. */
    boolean isUnique() {
        return unique;
    }

    /** Whether its index is one of {@code text_pattern_ops}: the unique one of e-mail addresses, which equality uses as well. */
    boolean isPattern() {
        return this == EMAIL;
    }

    /** The key as text that reads back as the same key, whatever the connection's settings. */
    String keyText() {
        return time
                ? "case when p.sort_key = '-infinity' then '-infinity'"
                        + " else to_char(p.sort_key at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') end"
                : "p.sort_key";
    }

    /** How a cursor's key, bound as text, becomes a value to compare with. */
    String fromText(String parameter) {
        return time ? "cast(" + parameter + "::text as timestamptz)" : parameter + "::text";
    }

    /** @throws io.usher.problem.ProblemException {@code invalid_cursor} where the key is none of this order */
    String requireKey(Cursor cursor) {
        return !time || (this == LAST_LOGIN_AT && cursor.key().equals(NEVER))
                ? cursor.key()
                : cursor.moment().toString();
    }
}

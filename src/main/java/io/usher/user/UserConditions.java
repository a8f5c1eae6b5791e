package io.usher.user;

import io.usher.persistence.Binder;
import io.usher.security.Caller;
import io.usher.security.Scope;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The {@code where} of a user list: the caller's scope and every filter, over {@code users u}. Values are bound, never written into it. */
final class UserConditions {
    /** Shorter needles have no trigram, so they match the start of a text only. */
    private static final int SHORTEST_ANYWHERE = 3;

    /** What is searched, in lower case. */
    private enum Text {
        EMAIL("u.email", "~"),
        NAME(UserSort.NAME.expression(), ""),
        USERNAME("lower(u.username)", "~"),
        PHONE("lower(u.phone)", "~");

        private final String expression;
        private final String mark;

        /**
         * @param expression that its index has
         * @param mark around the operators of that index, which compare bytes: those of {@code text_pattern_ops} have one
         */
        Text(String expression, String mark) {
            this.expression = expression;
            this.mark = mark;
        }

        String has(String like) {
            return expression + like;
        }

        /** The bytewise range that a prefix is. Unlike LIKE it uses its index whatever the plan knows of the value. */
        String beginsWith(String prefix) {
            return "(" + expression + " " + mark + ">=" + mark + " " + prefix + " and " + expression + " " + mark + "<"
                    + mark + " (" + prefix + " || chr(1114111)))";
        }
    }

    private final Binder binder;
    private final List<String> conditions = new ArrayList<>();

    private UserConditions(Binder binder) {
        this.binder = binder;
    }

    static String of(Scope scope, UserFilter filter, Binder binder) {
        return of(scope.sql(binder.bind(scope.callerId())), filter, binder);
    }

    /** As {@link #of}, over users that an admin's links {@code user_admins ua} are joined to. */
    static String ofLinked(Scope scope, UserFilter filter, Binder binder) {
        return of(Scope.ofLinks(binder.bind(scope.callerId())), filter, binder);
    }

    private static String of(String scope, UserFilter filter, Binder binder) {
        UserConditions where = new UserConditions(binder);
        where.conditions.add(scope);
        where.deleted(filter.deleted());
        where.search(filter.q(), Text.EMAIL, Text.NAME, Text.USERNAME, Text.PHONE);
        where.search(filter.email(), Text.EMAIL);
        where.search(filter.name(), Text.NAME);
        where.groups(filter);
        where.role(filter.role());
        where.time("u.created_at >= ", filter.createdAfter());
        where.time("u.created_at < ", filter.createdBefore());
        return String.join(" and ", where.conditions);
    }

    /** As {@link #of}, over the totals that are kept of those that are not deleted ({@link UserFilter#isAnsweredByTotals}). */
    static String ofTotals(UserFilter filter, Binder binder) {
        UserConditions where = new UserConditions(binder);
        where.conditions.add("true");
        where.groups(filter);
        return String.join(" and ", where.conditions);
    }

    /** What totals are kept by. */
    private void groups(UserFilter filter) {
        equal(
                "u.user_type",
                filter.userType() == null ? null : filter.userType().value());
        equal("u.status", filter.status() == null ? null : filter.status().value());
        equal(
                "u.lead_status",
                filter.leadStatus() == null ? null : filter.leadStatus().value());
    }

    private void deleted(UserFilter.Deleted deleted) {
        switch (deleted) {
            case FALSE -> conditions.add("u.deleted_at is null");
            case ONLY -> conditions.add("u.deleted_at is not null");
            case TRUE -> {}
        }
    }

    /** All of the texts stand in {@code search_text}, whose trigrams find them; of a single one, that it is this one is asked as well. */
    private void search(@Nullable String needle, Text... texts) {
        if (needle == null) {
            return;
        }
        if (needle.codePointCount(0, needle.length()) >= SHORTEST_ANYWHERE) {
            String like = " like lower(" + binder.bind('%' + escape(needle) + '%') + ")";
            conditions.add("u.search_text" + like);
            if (texts.length == 1) {
                conditions.add(texts[0].has(like));
            }
            return;
        }
        String prefix = "lower(" + binder.bind(needle) + ")";
        conditions.add(
                Stream.of(texts).map(text -> text.beginsWith(prefix)).collect(Collectors.joining(" or ", "(", ")")));
    }

    private void equal(String column, @Nullable String value) {
        if (value != null) {
            conditions.add(column + " = " + binder.bind(value));
        }
    }

    private void role(@Nullable String role) {
        if (role == null) {
            return;
        }
        conditions.add(
                switch (role) {
                    case Caller.CUSTOMER, Caller.ADMIN -> "u.user_type = " + binder.bind(role);
                    case Caller.SUPER_ADMIN -> "u.super_admin";
                    default ->
                        "u.id in (select ur.user_id from user_roles ur where ur.role_name = " + binder.bind(role) + ")";
                });
    }

    private void time(String comparison, @Nullable Instant value) {
        if (value != null) {
            conditions.add(comparison + binder.bind(OffsetDateTime.ofInstant(value, ZoneOffset.UTC)));
        }
    }

    /** LIKE's own characters taken literally. */
    private static String escape(String needle) {
        return needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}

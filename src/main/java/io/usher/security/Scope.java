package io.usher.security;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.util.UUID;

/**
 * Which users a caller can see: the one predicate that every list, count, lookup and write is cut by. It always binds one parameter, the
 * caller's id, so that a statement's text and its parameters do not depend on who asks more than they must.
 */
public record Scope(Kind kind, UUID callerId) {
    /** How far a caller sees. */
    public enum Kind {
        EVERYONE,
        MANAGED,
        SELF
    }

    public static Scope of(Caller caller) {
        Kind kind = caller.isSuperAdmin() ? Kind.EVERYONE : caller.isAdmin() ? Kind.MANAGED : Kind.SELF;
        return new Scope(kind, caller.userId());
    }

    /**
     * The predicate over {@code users u}.
     *
     * @param parameter the caller's id as the statement names it, such as {@code $2} or {@code :caller}
     */
    public String sql(String parameter) {
        return switch (kind) {
            case EVERYONE -> "cast(" + parameter + " as uuid) is not null";
            case MANAGED ->
                "exists (select 1 from user_admins ua where " + ofLinks(parameter) + " and ua.user_id = u.id)";
            case SELF -> "u.id = " + parameter;
        };
    }

    /**
     * The same of an admin over its links {@code user_admins ua}, for what begins with these: for {@link Kind#MANAGED} alone.
     *
     * @param parameter as for {@link #sql}
     */
    public static String ofLinks(String parameter) {
        return "ua.admin_id = " + parameter;
    }

    /** What a caller is told of a user that is not there for it: customers learn nothing at all, not even whether it exists. */
    public ProblemException missing() {
        return kind == Kind.SELF ? notYours() : ProblemException.of(ProblemCode.USER_NOT_FOUND);
    }

    private static ProblemException notYours() {
        return ProblemException.of(ProblemCode.FORBIDDEN, "A customer can only use its own account.");
    }
}

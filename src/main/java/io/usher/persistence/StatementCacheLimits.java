package io.usher.persistence;

/**
 * Keeps searches out of the prepared-statement cache. A cached statement is planned once for any value after a few runs; searches need
 * the plan of their own values, since a needle may match one row or all of them.
 */
public final class StatementCacheLimits {
    /** What a statement begins with that is planned anew each time. */
    public static final String PLAN_EACH_TIME = "/* plan each time */ ";

    private static final int LONGEST_CACHED = 4096;

    private StatementCacheLimits() {}

    static boolean isCached(String sql) {
        return sql.length() <= LONGEST_CACHED && !sql.startsWith(PLAN_EACH_TIME);
    }
}

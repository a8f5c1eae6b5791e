package io.usher.persistence;

/**
 * The lock of a scheduled job (decision 141). Every replica has the schedule, and one at a time does the work: a run that finds another one at it
 * has nothing to do.
 */
public final class JobLock {
    private JobLock() {}

    /**
     * A condition for the {@code where} clause of the statement that picks a job's rows. It takes the job's advisory lock until the statement's
     * transaction ends, and is false where another process has it. Picked rows still need {@code for update skip locked}: the statement may
     * have begun to look before the lock was given back.
     *
     * @param job a name as in {@code session-sweep}
     */
    public static String held(String job) {
        return "(select pg_try_advisory_xact_lock(hashtextextended('usher.job." + job + "', 0)))";
    }
}

package io.usher.transfer;

import io.smallrye.mutiny.Uni;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.user.UserImportService.OnConflict;
import io.usher.user.UserImportService.Outcome;
import io.usher.user.UserImportService.Rules;
import io.usher.user.UserImportService.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** An import as far as it has come. */
final class ImportRun {
    private final Rules rules;
    private final OnConflict onConflict;
    private final boolean dryRun;
    private final LongFunction<Uni<Void>> beforeBatch;
    private final long began = System.nanoTime();
    private final Map<State, Long> states = new EnumMap<>(State.class);
    private final List<RowError> errors = new ArrayList<>();
    private long total;

    /** @param beforeBatch is told how many rows are done, and fails where the import must not go on */
    ImportRun(Rules rules, OnConflict onConflict, boolean dryRun, LongFunction<Uni<Void>> beforeBatch) {
        this.rules = rules;
        this.onConflict = onConflict;
        this.dryRun = dryRun;
        this.beforeBatch = beforeBatch;
    }

    Rules rules() {
        return rules;
    }

    OnConflict onConflict() {
        return onConflict;
    }

    /** Whether the whole file is one transaction. */
    boolean isAtOnce() {
        return onConflict == OnConflict.FAIL && !dryRun;
    }

    boolean dryRun() {
        return dryRun;
    }

    /** To be asked before each batch. */
    Uni<Void> mayGoOn() {
        return beforeBatch.apply(total);
    }

    /** Notes what became of a batch. @param outcomes of its users, in their order */
    void note(ImportBatch batch, List<Outcome> outcomes) {
        total += batch.total();
        count(State.FAILED, batch.failed());
        List<RowError> found = new ArrayList<>(batch.errors());
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            count(outcome.state(), 1);
            if (outcome.state() == State.FAILED) {
                found.add(RowError.of(batch.lines().get(i), Objects.requireNonNull(outcome.error())));
            }
        }
        found.stream()
                .sorted(Comparator.comparingLong(RowError::line))
                .limit(ImportReport.MOST_ERRORS - errors.size())
                .forEach(errors::add);
    }

    /** Where conflicts end everything, fails at the first in the file. */
    List<Outcome> requireNoConflict(ImportBatch batch, List<Outcome> outcomes) {
        if (onConflict == OnConflict.FAIL) {
            IntStream.range(0, outcomes.size())
                    .filter(i -> outcomes.get(i).error() != null)
                    .boxed()
                    .min(Comparator.comparing(batch.lines()::get))
                    .ifPresent(i -> fail(
                            batch.lines().get(i),
                            Objects.requireNonNull(outcomes.get(i).error())));
        }
        return outcomes;
    }

    private static void fail(long line, FieldError error) {
        throw ProblemException.of(
                ProblemCode.of(error.code()).orElse(ProblemCode.CONFLICT),
                "Nothing was written: in line " + line + ", " + error.field() + " " + error.message() + ".");
    }

    ImportReport report() {
        return new ImportReport(
                total,
                count(State.CREATED, 0),
                count(State.UPDATED, 0),
                count(State.SKIPPED, 0),
                count(State.FAILED, 0),
                dryRun,
                List.copyOf(errors),
                (System.nanoTime() - began) / 1_000_000);
    }

    private long count(State state, long more) {
        return states.merge(state, more, Long::sum);
    }
}

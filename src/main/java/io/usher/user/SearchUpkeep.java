package io.usher.user;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import io.usher.persistence.JobLock;
import io.usher.persistence.Statements;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Sorts what was written into the index that searches use, one replica at a time (decision 171): so that no writer has to, and searches look
 * through a list of a second's writes at most. They find the same without it.
 */
@ApplicationScoped
class SearchUpkeep {
    static final String SORT = "select usher_sort_search() where " + JobLock.held("search-upkeep");

    private final Statements statements;
    private final JobRuns.Job runs;

    @Inject
    SearchUpkeep(Statements statements, JobRuns runs) {
        this.statements = statements;
        this.runs = runs.of(
                SearchUpkeep.class,
                "search-upkeep",
                "What was written was not sorted into the search index, and will be next time; nothing is missed by searches");
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sort() {
        return statements.alone().run(SORT, Tuple.tuple()).replaceWithVoid().plug(runs::watch);
    }
}

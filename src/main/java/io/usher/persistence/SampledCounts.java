package io.usher.persistence;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gauges that only the database knows. No scrape waits for it: each shows what was counted last, at most {@value #EVERY} ago, and is counted
 * again only where somebody has read it since. It counts no further than {@value #MOST}, so it costs the same on the worst of days.
 */
@ApplicationScoped
public class SampledCounts {
    static final String EVERY = "15s";
    static final int MOST = 10_000;

    private final Pool pool;
    private final MeterRegistry metrics;
    private final List<Sample> samples = new CopyOnWriteArrayList<>();

    @Inject
    SampledCounts(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        this.metrics = metrics;
    }

    private static final class Sample {
        private final String sql;
        private final AtomicBoolean wanted = new AtomicBoolean(true);
        private volatile double last = Double.NaN;

        Sample(String sql) {
            this.sql = sql;
        }

        double read() {
            wanted.set(true);
            return last;
        }
    }

    /**
     * Shows how many rows there are, up to {@value #MOST}; not a number while that is not known.
     *
     * @param rows a table, with a condition where that has an index; no text from outside
     */
    public void show(String name, String description, String rows) {
        Sample sample = new Sample("select count(*) from (select 1 from " + rows + " limit " + MOST + ") sampled");
        samples.add(sample);
        Gauge.builder(name, sample, Sample::read)
                .description(description + "; no more than " + MOST + " are counted")
                .register(metrics);
    }

    @Scheduled(every = EVERY, concurrentExecution = Scheduled.ConcurrentExecution.SKIP, identity = "sampled-counts")
    Uni<Void> look() {
        return Multi.createFrom()
                .iterable(samples)
                .filter(sample -> sample.wanted.getAndSet(false))
                .onItem()
                .transformToUniAndConcatenate(this::count)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** That PostgreSQL is away, others say; the gauge shows that nothing is known. */
    private Uni<Void> count(Sample sample) {
        return pool.query(sample.sql)
                .execute()
                .map(rows -> rows.iterator().next().getLong(0).doubleValue())
                .onFailure()
                .recoverWithItem(Double.NaN)
                .invoke(count -> sample.last = count)
                .replaceWithVoid();
    }
}

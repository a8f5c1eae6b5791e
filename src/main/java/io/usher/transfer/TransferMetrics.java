package io.usher.transfer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.usher.persistence.Snapshots;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** How many files move, and what became of them, in this process. */
@Singleton
class TransferMetrics {
    private final MeterRegistry metrics;
    private final Counter succeeded;
    private final Counter failed;
    private final Counter written;
    private final Counter skipped;
    private final Counter refused;

    @Inject
    TransferMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        this.succeeded = imports("succeeded");
        this.failed = imports("failed");
        this.written = rows("written");
        this.skipped = rows("skipped");
        this.refused = rows("failed");
    }

    void show(@Observes StartupEvent event, ImportService imports, JobService jobs, Snapshots snapshots) {
        gauge("usher.import.running", "Imports that run", imports, ImportService::running);
        gauge("usher.import.queued", "Imports whose files are kept until there is room", jobs, JobService::queued);
        gauge("usher.export.running", "Exports that run", snapshots, Snapshots::running);
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .description(description)
                .strongReference(true)
                .register(metrics);
    }

    private Counter imports(String outcome) {
        return Counter.builder("usher.imports")
                .description("Imports that have ended; rows at fault do not make one fail")
                .tag("outcome", outcome)
                .register(metrics);
    }

    private Counter rows(String outcome) {
        return Counter.builder("usher.import.rows")
                .description("Rows of imported files, dry runs excepted")
                .tag("outcome", outcome)
                .register(metrics);
    }

    void succeeded(ImportReport report) {
        succeeded.increment();
        if (!report.dryRun()) {
            written.increment((double) report.created() + report.updated());
            skipped.increment((double) report.skipped());
            refused.increment((double) report.failed());
        }
    }

    void failed() {
        failed.increment();
    }
}

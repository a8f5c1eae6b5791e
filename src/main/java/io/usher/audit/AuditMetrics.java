package io.usher.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.usher.persistence.SampledCounts;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Shows how far the chain of the audit log is behind what was recorded, and how often it was verified. */
@Singleton
class AuditMetrics {
    private final SampledCounts counts;
    private final Counter valid;
    private final Counter broken;

    @Inject
    AuditMetrics(SampledCounts counts, MeterRegistry metrics) {
        this.counts = counts;
        this.valid = verifications("true", metrics);
        this.broken = verifications("false", metrics);
    }

    /** Both are there from the start on, as 0: an alert cannot watch what is not there. */
    private static Counter verifications(String valid, MeterRegistry metrics) {
        return Counter.builder("usher.audit.verifications")
                .description("Verifications of the audit log that this process made, by what they found")
                .tag("valid", valid)
                .register(metrics);
    }

    void verified(boolean whole) {
        (whole ? valid : broken).increment();
    }

    void showUnsealed(@Observes StartupEvent event) {
        counts.show(
                "usher.audit.unsealed",
                "Audit events that are not in the chain yet, of all replicas",
                "audit_unsealed");
    }
}

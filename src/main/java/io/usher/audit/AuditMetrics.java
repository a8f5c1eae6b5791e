package io.usher.audit;

import io.quarkus.runtime.StartupEvent;
import io.usher.persistence.SampledCounts;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Shows how far the chain of the audit log is behind what was recorded. */
@Singleton
class AuditMetrics {
    private final SampledCounts counts;

    @Inject
    AuditMetrics(SampledCounts counts) {
        this.counts = counts;
    }

    void showUnsealed(@Observes StartupEvent event) {
        counts.show(
                "usher.audit.unsealed",
                "Audit events that are not in the chain yet, of all replicas",
                "audit_unsealed");
    }
}

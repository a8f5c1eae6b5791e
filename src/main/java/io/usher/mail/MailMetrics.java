package io.usher.mail;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.usher.persistence.SampledCounts;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** How the mails fare: what is owed by all replicas together, and what this one has sent. */
@Singleton
class MailMetrics {
    private final SampledCounts counts;
    private final Counter sent;
    private final Counter failed;
    private final Counter givenUp;

    @Inject
    MailMetrics(MeterRegistry metrics, SampledCounts counts) {
        this.counts = counts;
        this.sent = deliveries("sent", metrics);
        this.failed = deliveries("failed", metrics);
        this.givenUp = deliveries("given_up", metrics);
    }

    private static Counter deliveries(String outcome, MeterRegistry metrics) {
        return Counter.builder("usher.mail.deliveries")
                .description("Attempts to send a mail; failed ones are made again until a mail is given up")
                .tag("outcome", outcome)
                .register(metrics);
    }

    void showOwed(@Observes StartupEvent event) {
        counts.show("usher.mail.owed", "Mails in the outbox, of all replicas", "mail_outbox");
    }

    void sent() {
        sent.increment();
    }

    void failed() {
        failed.increment();
    }

    void givenUp() {
        givenUp.increment();
    }
}

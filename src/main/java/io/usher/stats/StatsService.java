package io.usher.stats;

import io.smallrye.mutiny.Uni;
import io.usher.quota.QuotaService;
import io.usher.security.Caller;
import io.usher.security.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The users in a caller's scope in numbers. */
@ApplicationScoped
class StatsService {
    private final StatsRepository repository;
    private final QuotaService quotas;
    private final Clock clock;

    @Inject
    StatsService(StatsRepository repository, QuotaService quotas, Clock clock) {
        this.repository = repository;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** The numbers of now. One statement. */
    Uni<Statistics> present(Scope scope) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return repository.present(scope, now, quotas.running(now));
    }

    /** The signups of a year. One statement. */
    Uni<Signups> signups(Caller caller, int year) {
        return repository.signups(Scope.of(caller), year);
    }

    int presentYear() {
        return clock.instant().atOffset(ZoneOffset.UTC).getYear();
    }
}

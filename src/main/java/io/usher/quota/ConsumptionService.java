package io.usher.quota;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Idempotency;
import io.usher.security.Caller;
import io.usher.web.IdempotencyKey;
import io.usher.web.RecordedAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** What callers take of their own quotas, once for each idempotency key. */
@ApplicationScoped
public class ConsumptionService {
    private final QuotaService quotas;
    private final QuotaDefaults defaults;
    private final Idempotency idempotency;

    @Inject
    ConsumptionService(QuotaService quotas, QuotaDefaults defaults, Idempotency idempotency) {
        this.quotas = quotas;
        this.defaults = defaults;
        this.idempotency = idempotency;
    }

    /** One statement without a key, one transaction with one. */
    Uni<RecordedAnswer> consume(Caller caller, String resource, @Nullable IdempotencyKey key, Consume body) {
        defaults.requireInPath(resource);
        var request = new Idempotency.Request(
                caller.userId(), key, "POST /api/quotas/" + resource + "/consume", new Consume(body.value()));
        return idempotency.run(request, sql -> quotas.take(sql, caller.userId(), resource, body.value(), binder -> null)
                .map(view -> new Idempotency.Effect(200, view, null)));
    }
}

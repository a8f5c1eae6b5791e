package io.usher.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.security.Client;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What users did: recorded in the transaction of what they did, so that there is never one without the other. */
@ApplicationScoped
public class ActivityService {
    private final ActivityRepository repository;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    ActivityService(ActivityRepository repository, ObjectMapper json, Clock clock) {
        this.repository = repository;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Records what a user did, in the caller's transaction: one statement, after what the session has not written yet.
     *
     * @param userId whose activity it is; where somebody else did it for that user, {@code details} has its {@code actorId}
     * @param details what JSON can say; never a secret, nor the value of what was changed
     * @param client from where
     */
    @WithTransaction
    public Uni<Void> record(UUID userId, ActivityType type, @Nullable Map<String, ?> details, Client client) {
        String text = details == null ? null : text(details);
        return Panache.getSession()
                .chain(session -> session.flush())
                .chain(() -> repository.add(userId, type, text, client.ip(), now()));
    }

    private String text(Map<String, ?> details) {
        try {
            return json.writeValueAsString(details);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Details are what JSON can say", e);
        }
    }

    /** To the millisecond, as everything that leaves the service is. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

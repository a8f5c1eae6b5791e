package io.usher.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.Partitions;
import io.usher.persistence.Statements;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Scope;
import io.usher.security.Subjects;
import io.usher.web.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What users did: recorded in the transaction of what they did, so that there is never one without the other. */
@ApplicationScoped
public class ActivityService {
    /** The partitioned table. */
    static final String TABLE = "user_activities";

    private final ActivityRepository repository;
    private final Statements statements;
    private final Partitions partitions;
    private final Subjects subjects;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    ActivityService(
            ActivityRepository repository,
            Statements statements,
            Partitions partitions,
            Subjects subjects,
            ObjectMapper json,
            Clock clock) {
        this.repository = repository;
        this.statements = statements;
        this.partitions = partitions;
        this.subjects = subjects;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Something that a user did before it came to this service.
     *
     * @param details a JSON object
     */
    public record Past(
            UUID userId, ActivityType type, @Nullable String details, Instant at) {}

    /**
     * Records what a user did, in the caller's transaction: one statement, after what the session has not written yet.
     *
     * @param userId whose activity it is; where somebody else did it for that user, {@code details} has its {@code actorId}
     * @param details what JSON can say; never a secret, nor the value of what was changed
     * @param client from where
     */
    @WithTransaction
    public Uni<Void> record(UUID userId, ActivityType type, @Nullable Map<String, ?> details, Client client) {
        ActivityRepository.Entry entry = new ActivityRepository.Entry(userId, type, text(details), client.ip(), now());
        return flushed().chain(() -> repository.add(statements.joined(), entry)).replaceWithVoid();
    }

    /**
     * Records that settings of a user changed, as {@link #record} does.
     *
     * @param actorId who changed them; where it is not the user itself, the details say so
     * @param what which: names, never values
     */
    @WithTransaction
    public Uni<Void> recordChange(UUID userId, UUID actorId, SettingsKind kind, Map<String, ?> what, Client client) {
        return record(userId, ActivityType.SETTINGS_CHANGE, details(userId, actorId, kind, what), client);
    }

    private static Map<String, Object> details(UUID userId, UUID actorId, SettingsKind kind, Map<String, ?> what) {
        Map<String, Object> details = new LinkedHashMap<>(what);
        details.put("kind", kind.value());
        if (!actorId.equals(userId)) {
            details.put("actorId", actorId.toString());
        }
        return details;
    }

    /**
     * As {@link #recordChange} of the profiles of many users, in the present transaction: one statement.
     *
     * @param changed by user: the names of the fields that changed
     */
    public Uni<Void> recordProfileChanges(Map<UUID, Set<String>> changed, UUID actorId, Client client) {
        Map<UUID, Map<String, ?>> what = new HashMap<>();
        changed.forEach((user, fields) -> what.put(user, Map.of("fields", fields)));
        return recordChanges(SettingsKind.PROFILE, what, actorId, client);
    }

    /** As {@link #recordProfileChanges}, of passwords. */
    public Uni<Void> recordPasswordChanges(Collection<UUID> users, UUID actorId, Client client) {
        Map<UUID, Map<String, ?>> what = new HashMap<>();
        users.forEach(user -> what.put(user, Map.of()));
        return recordChanges(SettingsKind.PASSWORD, what, actorId, client);
    }

    private Uni<Void> recordChanges(SettingsKind kind, Map<UUID, Map<String, ?>> changed, UUID actorId, Client client) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = now();
        List<Past> changes = changed.entrySet().stream()
                .map(change -> new Past(
                        change.getKey(),
                        ActivityType.SETTINGS_CHANGE,
                        text(details(change.getKey(), actorId, kind, change.getValue())),
                        now))
                .toList();
        return flushed().chain(() -> repository.addAll(statements.joined(), changes, client.ip()));
    }

    /** Records what users did long ago, in the caller's transaction: one statement. Call {@link #ensureMonths} before. */
    @WithTransaction
    public Uni<Void> recordPast(List<Past> past) {
        return past.isEmpty()
                ? Uni.createFrom().voidItem()
                : flushed().chain(() -> repository.addAll(statements.joined(), past, null));
    }

    /**
     * Sees to it that the months of what is to be recorded have their partitions; outside of transactions. Nothing fails without: it would
     * only wait in the default partition. How long a month that has passed is kept counts from this call on.
     */
    public Uni<Void> ensureMonths(Set<YearMonth> months) {
        return partitions.ensure(TABLE, months);
    }

    /** Records what the caller says that it did. One statement. */
    Uni<ActivityView> create(Caller caller, Client client, CreateActivity body) {
        String details = body.details() == null ? null : body.details().toString();
        return repository.add(
                statements.alone(),
                new ActivityRepository.Entry(
                        caller.userId(), body.activityType().type(), details, client.ip(), now()));
    }

    /** What a user did, newest first. */
    Uni<Page<ActivityView>> list(Caller caller, String user, ActivityFilter filter) {
        return subjects.require(caller, user).chain(id -> repository.page(id, filter));
    }

    /** What the users in the caller's scope did in the last days. */
    Uni<ActivitySummary> summary(Caller caller, int days) {
        return repository.summary(Scope.of(caller), days, now().minus(Duration.ofDays(days)));
    }

    private static Uni<Void> flushed() {
        return Panache.getSession().chain(session -> session.flush());
    }

    private @Nullable String text(@Nullable Map<String, ?> details) {
        try {
            return details == null ? null : json.writeValueAsString(details);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Details are what JSON can say", e);
        }
    }

    /** To the millisecond, as everything that leaves the service is. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

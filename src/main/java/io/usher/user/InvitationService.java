package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.quota.QuotaService;
import io.usher.quota.QuotaSetting;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.Scope;
import io.usher.security.UserRef;
import io.usher.web.Emails;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Invites users: many at once, or one again whose password an admin resets. */
@ApplicationScoped
public class InvitationService {
    private final InvitationWrites writes;
    private final UserQueries queries;
    private final UserCache cache;
    private final OneTimeTokens tokens;
    private final QuotaService quotas;
    private final Clock clock;

    @Inject
    InvitationService(
            InvitationWrites writes,
            UserQueries queries,
            UserCache cache,
            OneTimeTokens tokens,
            QuotaService quotas,
            Clock clock) {
        this.writes = writes;
        this.queries = queries;
        this.cache = cache;
        this.tokens = tokens;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** Creates a pending user for every address that is new; as sets, in one transaction. */
    Uni<BulkCreate.Result> createAll(Caller caller, BulkCreate body) {
        Map<String, BulkCreate.@Nullable Reason> wanted = new LinkedHashMap<>();
        List<BulkCreate.Skipped> skipped = new ArrayList<>();
        for (String email : body.emails()) {
            String normal = Emails.normalise(email);
            if (!Emails.isNormalised(normal)) {
                skipped.add(new BulkCreate.Skipped(email, BulkCreate.Reason.INVALID_EMAIL));
            } else if (wanted.containsKey(normal)) {
                skipped.add(new BulkCreate.Skipped(email, BulkCreate.Reason.DUPLICATE));
            } else {
                wanted.put(normal, null);
            }
        }
        List<String> emails = List.copyOf(wanted.keySet());
        return Panache.withTransaction(() -> create(caller, emails, body.quotasToSet(), skipped));
    }

    private Uni<BulkCreate.Result> create(
            Caller caller, List<String> emails, Map<String, QuotaSetting> settings, List<BulkCreate.Skipped> skipped) {
        return writes.insert(caller, emails, clock.instant())
                .call(outcome -> quotas.setDefaultsFor(outcome.createdIds(), settings))
                .chain(outcome -> tokens.issueAll(outcome.createdIds(), OneTimeTokens.Purpose.SETUP)
                        .map(issued -> result(emails, outcome, issued, skipped)));
    }

    private static BulkCreate.Result result(
            List<String> emails,
            InvitationWrites.Outcome outcome,
            Map<UUID, OneTimeTokens.Issued> issued,
            List<BulkCreate.Skipped> skipped) {
        List<BulkCreate.Invited> created = new ArrayList<>();
        List<BulkCreate.Skipped> all = new ArrayList<>(skipped);
        for (String email : emails) {
            UUID id = outcome.created().get(email);
            if (id == null) {
                boolean linked = outcome.linked().containsKey(email);
                all.add(new BulkCreate.Skipped(email, linked ? BulkCreate.Reason.LINKED : BulkCreate.Reason.EXISTS));
            } else {
                OneTimeTokens.Issued token = Objects.requireNonNull(issued.get(id));
                created.add(new BulkCreate.Invited(id, email, token.token(), token.expiresAt()));
            }
        }
        return new BulkCreate.Result(created, all);
    }

    /** Takes the password away and hands out a set-up token: whoever knew the old one is out at once. */
    Uni<Invitation> resetPassword(Caller caller, Client client, UserRef ref) {
        return queries.require(ref, Scope.of(caller))
                .invoke(user -> UserGuards.requireMayChange(
                        caller, user.user().id(), user.user().userType()))
                .invoke(user -> requireAnother(caller, user.user().id()))
                .map(user -> user.user().id())
                .chain(id -> cache.change(id, () -> writes.resetPassword(caller, client, id, clock.instant())));
    }

    /** A stolen access token must not be enough to give an account another password: one's own takes the present one. */
    private static void requireAnother(Caller caller, UUID id) {
        if (caller.is(id)) {
            throw ProblemException.of(
                    ProblemCode.FORBIDDEN, "Change your own password with POST /api/auth/change-password.");
        }
    }

    /** A set-up token, shown this once. */
    record Invitation(String setupToken, java.time.Instant setupExpiresAt) {
        static Invitation of(OneTimeTokens.Issued issued) {
            return new Invitation(issued.token(), issued.expiresAt());
        }

        /** Without the token: records end up in logs. */
        @Override
        public String toString() {
            return "Invitation[]";
        }
    }
}

package io.usher.mail;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.security.OneTimeTokens;
import io.usher.security.OneTimeTokens.Issued;
import io.usher.security.OneTimeTokens.Purpose;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Makes the codes and tokens that mails carry, for the addresses that have a use for one at this moment. The users stay locked until the
 * tokens are stored, so that none can be made for a user whose address has just become another.
 */
@ApplicationScoped
class MailSecrets {
    private static final String ADDRESSEES = """
            select u.email, cast(u.id as text) from users u
            where u.email in (select json_array_elements_text(cast(cast(:emails as text) as json))) and u.deleted_at is null and %s
            order by u.id for no key update""";

    private static final String TO_VERIFY = ADDRESSEES.formatted(
            "not u.email_verified and u.password_hash is not null and u.status in ('pending', 'active')");

    private static final String TO_RESET = ADDRESSEES.formatted("u.status = 'active'");

    private final OneTimeTokens tokens;

    MailSecrets(OneTimeTokens tokens) {
        this.tokens = tokens;
    }

    /** A code for each address that waits for its verification. */
    @WithTransaction
    Uni<Map<String, Issued>> codes(List<String> emails) {
        return issue(TO_VERIFY, emails, Purpose.VERIFY);
    }

    /** A reset token for each address that has an active account. */
    @WithTransaction
    Uni<Map<String, Issued>> resetTokens(List<String> emails) {
        return issue(TO_RESET, emails, Purpose.RESET);
    }

    private Uni<Map<String, Issued>> issue(String addressees, List<String> emails, Purpose purpose) {
        if (emails.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(addressees, Object[].class)
                        .setParameter("emails", new JsonArray(emails).encode())
                        .getResultList())
                .map(MailSecrets::idsByEmail)
                .chain(ids ->
                        tokens.issueAll(List.copyOf(ids.values()), purpose).map(issued -> byEmail(ids, issued)));
    }

    private static Map<String, UUID> idsByEmail(List<Object[]> rows) {
        Map<String, UUID> ids = new LinkedHashMap<>();
        rows.forEach(row -> ids.put((String) row[0], UUID.fromString((String) row[1])));
        return ids;
    }

    private static Map<String, Issued> byEmail(Map<String, UUID> ids, Map<UUID, Issued> issued) {
        Map<String, Issued> tokens = new LinkedHashMap<>();
        ids.forEach((email, id) -> tokens.put(email, Objects.requireNonNull(issued.get(id))));
        return tokens;
    }
}

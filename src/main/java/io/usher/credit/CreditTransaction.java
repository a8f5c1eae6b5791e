package io.usher.credit;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A row of the credit ledger. It never changes.
 *
 * @param amount what was granted, or, negative, what was spent or taken back
 * @param balanceAfter the balance before it, plus the amount
 * @param reference the client's own name of what it was for
 * @param actorId who did it
 */
@Schema(name = "CreditTransaction")
record CreditTransaction(
        UUID id,
        @Schema(examples = "100") long amount,
        @Schema(examples = "250") long balanceAfter,
        @Schema(examples = "Bought in November") String reason,
        @Schema(examples = "invoice-4711") @Nullable String reference,
        @Nullable UUID actorId,
        Instant createdAt) {

    static CreditTransaction read(Row row) {
        return new CreditTransaction(
                row.getUUID("id"),
                row.getLong("amount"),
                row.getLong("balance_after"),
                row.getString("reason"),
                row.getString("reference"),
                row.getUUID("actor_id"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}

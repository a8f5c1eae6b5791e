package io.usher.audit;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of holding the audit log against its chain.
 *
 * @param events how many there are
 * @param firstBrokenId the first event, in the order of the chain, that was changed, removed or inserted, or that follows links which were
 *     removed; null where all is well, and where only the end of the chain is gone
 * @param head the hash of the last link, 64 hex digits: whoever keeps it elsewhere can tell when the whole chain is replaced
 */
@Schema(name = "AuditVerification")
record AuditVerification(
        boolean valid,
        long events,
        @Nullable UUID firstBrokenId,

        @Schema(examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String head) {}

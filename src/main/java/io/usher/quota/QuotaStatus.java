package io.usher.quota;

import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All quotas of a user, by resource. */
@Schema(name = "QuotaStatus")
record QuotaStatus(UUID userId, Map<String, QuotaView> quotas) {}

package io.usher.quota;

import io.usher.web.OpenProperties;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Quotas to set.
 *
 * @param byResource the body itself: each property is a resource; those that are not there stay as they are
 */
@Schema(name = "QuotaSettings", description = "By resource; other resources stay as they are.")
record QuotaSettings(@OpenProperties Map<String, QuotaSetting> byResource) implements SetsQuotas {
    @Override
    public String quotasField() {
        return "";
    }

    @Override
    public Map<String, QuotaSetting> quotasToSet() {
        return byResource;
    }
}

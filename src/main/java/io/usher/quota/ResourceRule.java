package io.usher.quota;

import io.usher.problem.FieldError;
import io.usher.web.BodyRule;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** Bodies name configured resources only. */
@Singleton
class ResourceRule implements BodyRule {
    private final QuotaDefaults defaults;

    @Inject
    ResourceRule(QuotaDefaults defaults) {
        this.defaults = defaults;
    }

    @Override
    public List<FieldError> faults(Record body) {
        if (body instanceof NamesResource one && one.resourceName() != null && !defaults.has(one.resourceName())) {
            return List.of(new FieldError(one.resourceField(), "enum", defaults.message()));
        }
        if (body instanceof SetsQuotas several) {
            String path = several.quotasField();
            return several.quotasToSet().keySet().stream()
                    .filter(resource -> !defaults.has(resource))
                    .map(resource -> path.isEmpty() ? resource : path + "." + resource)
                    .map(field -> new FieldError(field, "unknown", defaults.message()))
                    .toList();
        }
        return List.of();
    }
}

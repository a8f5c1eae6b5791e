package io.usher.quota;

import io.quarkus.runtime.StartupEvent;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The resources that are configured, and what holds for users who have no quota of their own. */
@Singleton
class QuotaDefaults {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,49}");

    private final SortedMap<String, QuotaSetting> byResource = new TreeMap<>();

    @Inject
    QuotaDefaults(QuotaConfig config) {
        config.defaults().forEach((resource, text) -> byResource.put(requireName(resource), QuotaSetting.of(text)));
    }

    /** Wrong settings stop the start, not the first request. */
    void check(@Observes StartupEvent event) {
        if (byResource.isEmpty()) {
            throw new IllegalStateException("usher.quota.defaults names no resource");
        }
    }

    SortedMap<String, QuotaSetting> all() {
        return byResource;
    }

    boolean has(String resource) {
        return byResource.containsKey(resource);
    }

    /** For a resource that a path names. @throws ProblemException {@code not_found} */
    QuotaSetting requireInPath(String resource) {
        QuotaSetting setting = byResource.get(resource);
        if (setting == null) {
            throw ProblemException.of(ProblemCode.NOT_FOUND, "There is no such resource.");
        }
        return setting;
    }

    /** For a resource that a body names. @throws ProblemException {@code validation_failed} that names the field */
    QuotaSetting require(String resource, String field) {
        QuotaSetting setting = byResource.get(resource);
        if (setting == null) {
            throw ProblemException.invalid(field, "enum", message());
        }
        return setting;
    }

    /** What is told of a resource that there is not. */
    String message() {
        return "must be one of " + String.join(", ", byResource.keySet());
    }

    private static String requireName(String resource) {
        if (!NAME.matcher(resource).matches()) {
            throw new IllegalArgumentException("'" + resource
                    + "' (usher.quota.defaults) is no name of a resource: 1 to 50 of a-z 0-9 _ -, a letter first");
        }
        return resource;
    }
}

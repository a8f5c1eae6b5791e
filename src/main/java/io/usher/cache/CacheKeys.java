package io.usher.cache;

import java.util.UUID;

/** The names of what Redis holds of a user. The braces make them one hash slot of a Redis Cluster, so that one script can read them all. */
public final class CacheKeys {
    private CacheKeys() {}

    /** Holds a random text; what was cached under another one is void. */
    public static String generation(UUID userId) {
        return "usher:{" + userId + "}:gen";
    }

    public static String session(UUID userId, UUID sessionId) {
        return "usher:{" + userId + "}:session:" + sessionId;
    }

    /** The state of an API key of the user, by the hash of what is presented. */
    public static String apiKey(UUID userId, String hash) {
        return "usher:{" + userId + "}:key:" + hash;
    }

    /** The user as it sees itself. */
    public static String view(UUID userId) {
        return "usher:{" + userId + "}:view";
    }

    /** The user's own counter of a rate limit. */
    public static String limit(UUID userId, String policy) {
        return "usher:{" + userId + "}:limit:" + policy;
    }
}

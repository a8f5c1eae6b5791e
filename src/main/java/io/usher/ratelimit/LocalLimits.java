package io.usher.ratelimit;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits that this process counts by itself while Redis is away. The keys used longest ago are forgotten first. */
@ApplicationScoped
class LocalLimits {
    private static final int MAX_KEYS = 100_000;

    private final Map<String, SlidingWindow> windows = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SlidingWindow> eldest) {
            return size() > MAX_KEYS;
        }
    };

    Decision take(String key, Limit limit, long nowMillis) {
        SlidingWindow window;
        synchronized (windows) {
            window = windows.computeIfAbsent(key, ignored -> new SlidingWindow());
        }
        return window.take(limit.quota(), limit.window().toMillis(), nowMillis);
    }
}

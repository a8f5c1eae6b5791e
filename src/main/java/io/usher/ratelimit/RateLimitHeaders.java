package io.usher.ratelimit;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tells the client how it stands with each limit that its request fell under (draft-ietf-httpapi-ratelimit-headers), whatever the answer. */
final class RateLimitHeaders {
    private static final String KEY = RateLimitHeaders.class.getName();
    private static final long MILLIS = 1000;

    private record Entry(Policy policy, Decision decision) {
        String policyItem() {
            return "\"" + policy.name() + "\";q=" + policy.limit().quota() + ";w="
                    + policy.limit().window().toSeconds();
        }

        String limitItem() {
            long wait = decision.allowed() ? decision.reset() : decision.retry();
            return "\"" + policy.name() + "\";r=" + decision.remaining() + ";t=" + (wait + MILLIS - 1) / MILLIS;
        }
    }

    private RateLimitHeaders() {}

    static void add(RoutingContext context, Policy policy, Decision decision) {
        List<Entry> entries = context.get(KEY);
        if (entries == null) {
            List<Entry> first = new ArrayList<>(2);
            context.put(KEY, first);
            context.addHeadersEndHandler(ignored -> write(context.response(), first));
            entries = first;
        }
        entries.add(new Entry(policy, decision));
    }

    private static void write(HttpServerResponse response, List<Entry> entries) {
        response.putHeader(
                "RateLimit-Policy", entries.stream().map(Entry::policyItem).collect(Collectors.joining(", ")));
        response.putHeader("RateLimit", entries.stream().map(Entry::limitItem).collect(Collectors.joining(", ")));
    }
}

package io.usher.web;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id that ties a response, its log lines and the problem in it together: the client's own where it is well-formed. */
public final class RequestId {
    public static final String HEADER = "X-Request-Id";

    /** The key under which every log line of the request finds it. */
    public static final String MDC_KEY = "requestId";

    private static final String CONTEXT_KEY = RequestId.class.getName();
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /** The request's id; the same one however often it is asked for. */
    public static String of(RoutingContext context) {
        String known = context.get(CONTEXT_KEY);
        if (known != null) {
            return known;
        }
        String id = accept(context.request().getHeader(HEADER));
        context.put(CONTEXT_KEY, id);
        return id;
    }

    static String accept(@Nullable String offered) {
        return offered != null && ACCEPTED.matcher(offered).matches() ? offered : generate();
    }

    /** No secret: it only has to be another one each time, which needs no lock that all threads share. */
    private static String generate() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}

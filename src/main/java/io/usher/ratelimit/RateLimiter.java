package io.usher.ratelimit;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.usher.cache.LuaScript;
import io.usher.cache.RedisAwayException;
import io.usher.cache.RedisGateway;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Limits how often something is done; every decision shows in the response's {@code RateLimit} headers. */
@ApplicationScoped
public class RateLimiter {
    private static final LuaScript LIMIT = LuaScript.ofFiles("now.lua", "window.lua", "limit.lua");
    private static final int KEY_BYTES = 16;

    private final RateLimitConfig config;
    private final RedisGateway redis;
    private final LocalLimits local;
    private final CurrentVertxRequest request;
    private final Clock clock;
    private final LimitMetrics metrics;

    @Inject
    RateLimiter(
            RateLimitConfig config,
            RedisGateway redis,
            LocalLimits local,
            CurrentVertxRequest request,
            Clock clock,
            LimitMetrics metrics) {
        this.config = config;
        this.redis = redis;
        this.local = local;
        this.request = request;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Counts a sensitive action against the account it names, and more widely against the address it comes from.
     *
     * @param action such as {@code login}; each is counted by itself
     * @param subject the normalised account, the user id, or the ip where no account is named
     * @param ip where the request comes from
     * @return fails with {@code rate_limited}
     */
    public Uni<Void> sensitive(String action, String subject, String ip) {
        Policy perSubject = new Policy(action, config.sensitive());
        if (subject.equals(ip)) {
            return count(request(), perSubject, Network.of(ip));
        }
        return count(request(), new Policy(action + "-ip", config.sensitivePerIp()), Network.of(ip))
                .chain(() -> count(request(), perSubject, subject));
    }

    /** Counts a refresh against the address it comes from; fails with {@code rate_limited}. */
    public Uni<Void> refresh(String ip) {
        return count(request(), new Policy("refresh", config.refresh()), Network.of(ip));
    }

    /** Counts a request that names no user against its address; fails with {@code rate_limited}. */
    public Uni<Void> anonymous(RoutingContext context, String ip) {
        return count(context, new Policy("api", config.api()), Network.of(ip));
    }

    /** As {@link #anonymous}, counted by this process alone: for what is refused without asking anybody. Throws {@code rate_limited}. */
    public void anonymousAlone(RoutingContext context, String ip) {
        Policy policy = perUser();
        if (policy != null) {
            enforce(context, policy, local.take("alone:" + Network.of(ip), policy.limit(), clock.millis()));
        }
    }

    /** Counts an API key that has to be looked up first against its address; fails with {@code rate_limited}. */
    public Uni<Void> unknownKey(RoutingContext context, String ip) {
        return count(context, new Policy("key-lookup", config.api()), Network.of(ip));
    }

    /** The policy for the requests of a user, null where nothing is limited; who asks Redis for a decision by it calls {@link #enforce}. */
    public @Nullable Policy perUser() {
        return config.enabled() ? new Policy("api", config.api()) : null;
    }

    /** A decision of this process alone, for when Redis is away. */
    public Decision decideAlone(Policy policy, String key) {
        metrics.countAlone();
        return local.take(key, policy.limit(), clock.millis());
    }

    /** Shows the decision in the response, and fails with {@code rate_limited} where it is a refusal. */
    public void enforce(@Nullable RoutingContext context, Policy policy, Decision decision) {
        if (context != null) {
            RateLimitHeaders.add(context, policy, decision);
        }
        metrics.count(policy, decision.allowed());
        if (!decision.allowed()) {
            throw ProblemException.retryAfter(
                    ProblemCode.RATE_LIMITED,
                    "Too many requests. 'Retry-After' says when to come back.",
                    Duration.ofMillis(decision.retry()));
        }
    }

    /** Null for work that no request asked for. */
    private @Nullable RoutingContext request() {
        return Arc.container().requestContext().isActive() ? request.getCurrent() : null;
    }

    /** Reads the first four values of a script's answer. */
    public static Decision decision(Response answer) {
        return new Decision(
                answer.get(0).toLong() == 1,
                answer.get(1).toLong(),
                answer.get(2).toLong(),
                answer.get(3).toLong());
    }

    private Uni<Void> count(@Nullable RoutingContext context, Policy policy, String subject) {
        if (!config.enabled()) {
            return Uni.createFrom().voidItem();
        }
        String key = "usher:{limit:" + policy.name() + ":" + digest(subject) + "}";
        List<String> arguments = List.of(
                Integer.toString(policy.limit().quota()),
                Long.toString(policy.limit().window().toMillis()));
        return redis.run(LIMIT, List.of(key), arguments)
                .map(RateLimiter::decision)
                .onFailure(RedisAwayException.class)
                .recoverWithItem(() -> decideAlone(policy, key))
                .invoke(decision -> enforce(context, policy, decision))
                .replaceWithVoid();
    }

    /** Keeps addresses out of Redis, and keys short whatever a client sends. */
    private static String digest(String subject) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

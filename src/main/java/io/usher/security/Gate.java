package io.usher.security;

import io.smallrye.mutiny.Uni;
import io.usher.cache.CacheKeys;
import io.usher.cache.Generations;
import io.usher.cache.LuaScript;
import io.usher.cache.RedisAwayException;
import io.usher.cache.RedisGateway;
import io.usher.ratelimit.Decision;
import io.usher.ratelimit.Policy;
import io.usher.ratelimit.RateLimiter;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One round trip to Redis answers all that a request asks of it: the limit's decision, the credential's state, the caller's own view. */
@ApplicationScoped
class Gate {
    private static final LuaScript SCRIPT = LuaScript.ofFiles("now.lua", "window.lua", "gate.lua");
    private static final int GENERATION = 4;
    private static final int STATE = 5;
    private static final int VIEW = 6;

    private final RedisGateway redis;
    private final Generations generations;
    private final RateLimiter limiter;

    @Inject
    Gate(RedisGateway redis, Generations generations, RateLimiter limiter) {
        this.redis = redis;
        this.generations = generations;
        this.limiter = limiter;
    }

    /**
     * What Redis answered.
     *
     * @param decision null where nothing is limited
     * @param state the state of the session or key, null where it has to be loaded
     * @param view the caller's own view, null where it has to be loaded
     * @param generation under which what is loaded now may be cached, null where it may not
     */
    record Passage(
            @Nullable Decision decision,
            @Nullable CallerState state,
            @Nullable String view,
            @Nullable String generation) {}

    Uni<Passage> pass(Claim claim, @Nullable Policy policy) {
        UUID userId = claim.userId();
        String counter = claim.counter(policy == null ? "none" : policy.name());
        List<String> keys = List.of(CacheKeys.generation(userId), claim.stateKey(), CacheKeys.view(userId), counter);
        return redis.run(SCRIPT, keys, arguments(policy))
                .map(answer -> passage(answer, policy))
                .onFailure(RedisAwayException.class)
                .recoverWithItem(() -> without(policy, counter));
    }

    private List<String> arguments(@Nullable Policy policy) {
        return List.of(
                policy == null ? "0" : Integer.toString(policy.limit().quota()),
                policy == null ? "0" : Long.toString(policy.limit().window().toMillis()),
                generations.next(),
                Long.toString(Generations.TTL.toMillis()),
                redis.isTrusted() ? "1" : "0");
    }

    private static Passage passage(Response answer, @Nullable Policy policy) {
        String state = text(answer, STATE);
        return new Passage(
                policy == null ? null : RateLimiter.decision(answer),
                state == null ? null : CallerState.decode(state),
                text(answer, VIEW),
                text(answer, GENERATION));
    }

    private Passage without(@Nullable Policy policy, String counter) {
        return new Passage(policy == null ? null : limiter.decideAlone(policy, counter), null, null, null);
    }

    private static @Nullable String text(Response answer, int index) {
        Response value = answer.get(index);
        return value == null ? null : value.toString();
    }
}

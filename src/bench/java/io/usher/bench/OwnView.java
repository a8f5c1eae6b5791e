package io.usher.bench;

import java.util.List;

/** The request that clients send most: who am I. */
final class OwnView implements Scenario {
    private static final int CONNECTIONS = 32;
    private static final double KEYCLOAK_USERINFO = 11_700;

    @Override
    public String name() {
        return "own";
    }

    @Override
    public Section section() {
        return new Section(
                "A user's own view, cached",
                "GET /api/users/{id} with the user's own access token: signature, session, limit and view, answered from Redis. Beside it the endpoint"
                        + " that does nothing, one that sends a single GET to Redis, and one that has Redis run a script of one GET.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        List<Tally> found = run.race(
                probe(run.many(), "own view"),
                run.nothing(CONNECTIONS),
                run.redisGet(CONNECTIONS),
                probe(run.few(), "own view, few users"),
                run.redisScript(CONNECTIONS));
        Tally own = found.get(0);
        Tally nothing = found.get(1);
        section.figures(own, found.get(3))
                .ceilings(nothing, found.get(2), found.get(4))
                .verdict(Verdict.atLeast(
                        "rate against nothing", 0.55, "×", () -> own.rate() / nothing.rate(), own, nothing))
                .verdict(Verdict.atMost("p99", 15, "ms", () -> own.millis(99), own))
                .verdict(Verdict.atLeast(
                        "ahead of Keycloak's userinfo (measured elsewhere)", KEYCLOAK_USERINFO, "/s", own::rate, own))
                .verdict(Verdict.grows("own view", own, found.get(3)));
    }

    private static HttpProbe probe(World world, String what) {
        return world.http(what, CONNECTIONS, requests(world));
    }

    static List<byte[]> requests(World world) {
        return world.accounts().customers().stream()
                .map(account -> Requests.get("/api/users/" + account.id(), account))
                .toList();
    }
}

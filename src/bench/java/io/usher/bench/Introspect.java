package io.usher.bench;

import java.util.List;

/** What resource servers ask of each token. */
final class Introspect implements Scenario {
    private static final int CONNECTIONS = 32;

    @Override
    public String name() {
        return "introspect";
    }

    @Override
    public Section section() {
        return new Section(
                "Introspection",
                "POST /api/auth/introspect by a super admin, on access tokens of customers. Beside it the endpoint that does"
                        + " nothing, one that sends a single GET to Redis, and one that has Redis run a script of one GET twice.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        List<Tally> found = run.race(
                probe(run.many(), "introspect"),
                run.nothing(CONNECTIONS),
                probe(run.few(), "introspect, few users"),
                run.redisGet(CONNECTIONS),
                run.many().http("bare Redis scripts, two", CONNECTIONS, List.of(Requests.get("/bench/scripts/bench"))));
        Tally introspect = found.get(0);
        Tally nothing = found.get(1);
        section.figures(introspect, found.get(2))
                .ceilings(nothing, found.get(3), found.get(4))
                .verdict(Verdict.atLeast(
                        "rate against nothing",
                        0.5,
                        "×",
                        () -> introspect.rate() / nothing.rate(),
                        introspect,
                        nothing))
                .verdict(Verdict.grows("introspect", introspect, found.get(2)));
    }

    private static HttpProbe probe(World world, String what) {
        Account admin = world.accounts().superAdmin();
        return world.http(
                what,
                CONNECTIONS,
                world.accounts().customers().stream()
                        .map(account ->
                                Requests.postForm("/api/auth/introspect", admin, "token=" + account.accessToken()))
                        .toList());
    }
}

package io.usher.bench;

import java.util.List;

/** What front ends begin with. */
final class Me implements Scenario {
    private static final int CONNECTIONS = 32;

    @Override
    public String name() {
        return "me";
    }

    @Override
    public Section section() {
        return new Section(
                "Me",
                "GET /api/auth/me: the user, its roles, quotas, credits and session. Beside it the endpoint that does nothing,"
                        + " one that sends a prepared select by primary key, and one that has Redis run a script of one GET before it.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        List<Tally> found = run.race(
                probe(run.many(), "me"),
                run.nothing(CONNECTIONS),
                probe(run.few(), "me, few users"),
                run.select(CONNECTIONS),
                run.scriptAndSelect(CONNECTIONS));
        Tally me = found.get(0);
        Tally nothing = found.get(1);
        section.figures(me, found.get(2))
                .ceilings(nothing, found.get(3), found.get(4))
                .verdict(Verdict.atLeast(
                        "rate against nothing", 0.4, "×", () -> me.rate() / nothing.rate(), me, nothing))
                .verdict(Verdict.grows("me", me, found.get(2)));
    }

    private static HttpProbe probe(World world, String what) {
        return world.http(
                what,
                CONNECTIONS,
                world.accounts().customers().stream()
                        .map(account -> Requests.get("/api/auth/me", account))
                        .toList());
    }
}

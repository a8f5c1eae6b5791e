package io.usher.bench;

import java.util.List;

/** A user that an admin looks up: never cached. */
final class OtherView implements Scenario {
    private static final int CONNECTIONS = 32;

    @Override
    public String name() {
        return "other";
    }

    @Override
    public Section section() {
        return new Section(
                "Another user's view, not cached",
                "GET /api/users/{id} of any user by a super admin: one statement. Beside it an endpoint that sends one prepared select by primary key and"
                        + " answers five columns, and one that has Redis run a script of one GET before it.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        List<Tally> found = run.race(
                probe(run.many(), "another view"),
                run.select(CONNECTIONS),
                run.nothing(CONNECTIONS),
                probe(run.few(), "another view, few users"),
                run.scriptAndSelect(CONNECTIONS));
        Tally other = found.get(0);
        Tally select = found.get(1);
        section.figures(other, found.get(3))
                .ceilings(select, found.get(4), found.get(2))
                .verdict(Verdict.atLeast(
                        "rate against a bare select", 0.75, "×", () -> other.rate() / select.rate(), other, select))
                .verdict(Verdict.grows("another view", other, found.get(3)));
    }

    private static HttpProbe probe(World world, String what) {
        return world.http(what, CONNECTIONS, requests(world));
    }

    static List<byte[]> requests(World world) {
        Account admin = world.accounts().superAdmin();
        return world.accounts().others().stream()
                .map(id -> Requests.get("/api/users/" + id, admin))
                .toList();
    }
}

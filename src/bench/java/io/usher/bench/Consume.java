package io.usher.bench;

import java.util.List;

/** Quotas: of many users, and of one user whom everybody uses at once. */
final class Consume implements Scenario {
    private static final int CONNECTIONS = 32;

    @Override
    public String name() {
        return "consume";
    }

    @Override
    public Section section() {
        return new Section(
                "Taking from a quota",
                "POST /api/quotas/image/consume by many users, and by one user over all connections. Beside it an endpoint that runs a bare update …"
                        + " returning of one such row in a transaction.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        compare(run, section, "many users", 0.6, run.settings().signedIn());
        compare(run, section, "one user", 0.5, 1);
    }

    private static void compare(Run run, Section section, String who, double bound, int users) throws Exception {
        List<Account> accounts =
                run.many().accounts().customers().stream().limit(users).toList();
        List<byte[]> bare = accounts.stream()
                .map(account -> Requests.post("/bench/update/" + account.id()))
                .toList();
        List<Tally> found = run.race(
                probe(run.many(), "consume, " + who, users),
                run.many().http("bare update, " + who, CONNECTIONS, bare),
                probe(run.few(), "consume, " + who + ", few in all", users));
        Tally consume = found.get(0);
        Tally update = found.get(1);
        section.figures(consume, found.get(2))
                .ceilings(update)
                .verdict(Verdict.atLeast(
                        who + ": rate against a bare update",
                        bound,
                        "×",
                        () -> consume.rate() / update.rate(),
                        consume,
                        update))
                .verdict(Verdict.grows("consume, " + who, consume, found.get(2)));
    }

    private static HttpProbe probe(World world, String what, int users) {
        return world.http(
                what,
                CONNECTIONS,
                world.accounts().customers().stream()
                        .limit(users)
                        .map(account -> Requests.post("/api/quotas/image/consume", account, "{}"))
                        .toList());
    }
}

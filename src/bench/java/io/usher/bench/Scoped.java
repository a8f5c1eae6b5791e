package io.usher.bench;

import java.util.ArrayList;
import java.util.List;

/** What an admin of ten thousand users pays for seeing only those. */
final class Scoped implements Scenario {
    @Override
    public String name() {
        return "scoped";
    }

    @Override
    public Section section() {
        return new Section(
                "An admin's scope",
                "The first page and a search, each with its count and without, by an admin that manages some of the users, beside the super admin's.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        section.fact(
                "managed",
                String.format(
                        "%,d of %,d users",
                        run.settings().managed(run.many().users()), run.many().users()));
        List<String> needles = new ArrayList<>();
        run.many().needles().byHits().values().forEach(needles::addAll);
        compare(run, section, "first page, no count", List.of("?count=none"));
        compare(run, section, "first page", List.of(""));
        compare(run, section, "search, no count", queries(needles, "&count=none"));
        compare(run, section, "search", queries(needles, ""));
    }

    private static List<String> queries(List<String> needles, String more) {
        return needles.stream().map(needle -> "?q=" + needle + more).toList();
    }

    private static void compare(Run run, Section section, String what, List<String> queries) throws Exception {
        Accounts accounts = run.many().accounts();
        List<Tally> found = run.race(
                probe(run.many(), what + ", admin", queries, accounts.admin()),
                probe(run.many(), what + ", super admin", queries, accounts.superAdmin()),
                probe(
                        run.few(),
                        what + ", admin, few users",
                        queries,
                        run.few().accounts().admin()));
        Tally admin = found.get(0);
        Tally superAdmin = found.get(1);
        section.figures(admin, found.get(2))
                .ceilings(superAdmin)
                .verdict(Verdict.atMost(
                        what + ": mean against the super admin's",
                        1.2,
                        "×",
                        () -> admin.meanMillis() / superAdmin.meanMillis(),
                        admin,
                        superAdmin))
                .verdict(Verdict.grows(what + " by an admin", admin, found.get(2)));
    }

    private static HttpProbe probe(World world, String what, List<String> queries, Account account) {
        return world.http(
                what,
                1,
                queries.stream()
                        .map(query -> Requests.get("/api/users" + query, account))
                        .toList());
    }
}

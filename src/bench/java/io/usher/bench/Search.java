package io.usher.bench;

import java.util.ArrayList;
import java.util.List;

/** {@code q=} of 4 to 8 characters, by how many users have it, one at a time and eight at a time. */
final class Search implements Scenario {
    private static final int SEVERAL = 8;

    @Override
    public String name() {
        return "search";
    }

    @Override
    public Section section() {
        return new Section(
                "Search",
                "GET /api/users?q=… by a super admin: 20 rows and their exact count. Beside it the bare statements for the page and for the count, one"
                        + " after the other on one JDBC connection. Then the same without a count, and needles of two characters.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        for (String hits : List.of(Needles.FEW, Needles.HUNDREDS, Needles.THOUSAND)) {
            List<String> needles = run.many().needles().byHits().get(hits);
            if (needles.isEmpty()) {
                section.failure("No needle with " + hits + " was found among "
                        + run.many().users() + " users.");
                continue;
            }
            section.fact("needles with " + hits, String.join(", ", needles));
            alone(run, section, hits, needles);
            several(run, section, hits, needles);
        }
        shortNeedles(run, section);
    }

    private static void alone(Run run, Section section, String hits, List<String> needles) throws Exception {
        List<Probe> probes = new ArrayList<>(List.of(
                probe(run.many(), hits, 1, needles, ""),
                run.many().sql("bare statements, " + hits, 1, new BareSearch(needles)),
                probe(run.many(), hits + ", no count", 1, needles, "&count=none")));
        List<String> fewNeedles = run.few().needles().byHits().get(hits);
        if (!fewNeedles.isEmpty()) {
            probes.add(probe(run.few(), hits + ", few users", 1, fewNeedles, ""));
            probes.add(run.few().sql("bare statements, " + hits + ", few users", 1, new BareSearch(fewNeedles)));
        }
        List<Tally> found = new Race(run.settings()).run(probes);
        Tally search = found.get(0);
        section.figures(search, found.get(2)).ceilings(found.get(1));
        against(section, search, found.get(1));
        section.verdict(Verdict.atMost(hits + ", one at a time: p50", 10, "ms", () -> search.millis(50), search))
                .verdict(Verdict.atMost(
                        hits + ", no count: p50", 6, "ms", () -> found.get(2).millis(50), found.get(2)));
        if (found.size() > 3) {
            section.figures(found.get(3))
                    .ceilings(found.get(4))
                    .verdict(Verdict.grows(hits, search, found.get(3)))
                    .verdict(Verdict.grows("bare statements, " + hits, found.get(1), found.get(4)));
        } else {
            section.failure(
                    "No needle with " + hits + " was found among " + run.few().users() + " users.");
        }
    }

    private static void several(Run run, Section section, String hits, List<String> needles) throws Exception {
        List<Tally> found = run.race(
                probe(run.many(), hits, SEVERAL, needles, ""),
                run.many().sql("bare statements, " + hits, SEVERAL, new BareSearch(needles)));
        section.figures(found.get(0)).ceilings(found.get(1));
        against(section, found.get(0), found.get(1));
    }

    private static void against(Section section, Tally search, Tally bare) {
        section.verdict(Verdict.atMost(
                search.name() + ", " + search.concurrency() + " at a time: mean against the bare statements",
                1.5,
                "×",
                () -> search.meanMillis() / bare.meanMillis(),
                search,
                bare));
    }

    private static void shortNeedles(Run run, Section section) throws Exception {
        List<Tally> found = run.race(
                probe(
                        run.many(),
                        "two characters, no count",
                        1,
                        run.many().needles().prefixes(),
                        "&count=none"),
                probe(run.many(), "two characters", 1, run.many().needles().prefixes(), ""));
        section.figures(found.get(0), found.get(1))
                .verdict(Verdict.atMost(
                        "two characters, no count: p50",
                        6,
                        "ms",
                        () -> found.get(0).millis(50),
                        found.get(0)));
    }

    private static HttpProbe probe(World world, String what, int connections, List<String> needles, String more) {
        return world.http(
                what, connections, requests(needles, more, world.accounts().superAdmin()));
    }

    static List<byte[]> requests(List<String> needles, String more, Account account) {
        return needles.stream()
                .map(needle -> Requests.get("/api/users?q=" + needle + more, account))
                .toList();
    }
}

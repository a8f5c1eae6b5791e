package io.usher.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The first page of every order, and one half a million users further down, where a cursor stands. */
final class Pages implements Scenario {
    private static final int MANY = 32;
    private static final double MOST_MILLIS = 25;

    @Override
    public String name() {
        return "pages";
    }

    @Override
    public Section section() {
        return new Section(
                "Pages",
                "GET /api/users by a super admin, 20 rows: the first page of every order, and the page at a cursor far down, both without a count, one"
                        + " at a time; and the first page as it comes when nothing else is asked for, with its exact count.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        section.fact("depth", String.format("%,d users", run.settings().depth()));
        for (String sort : List.of("createdAt", "name", "email", "lastLoginAt")) {
            for (String order : run.settings().quick() ? List.of("desc") : List.of("desc", "asc")) {
                order(run, section, sort, order);
            }
        }
        counted(run, section);
    }

    private static void order(Run run, Section section, String sort, String order) throws Exception {
        String query = "/api/users?count=none&sort=" + sort + "&order=" + order;
        String name = sort + " " + order;
        String cursor = cursor(run.many(), query, run.settings().depth());
        if (cursor.isEmpty()) {
            section.failure(
                    name + ": no cursor was answered at depth " + run.settings().depth() + ".");
            return;
        }
        List<Tally> found = run.race(
                probe(run.many(), name + ", first", 1, query),
                probe(run.many(), name + ", deep", 1, query + "&cursor=" + cursor),
                probe(run.few(), name + ", first, few users", 1, query));
        Tally first = found.get(0);
        Tally deep = found.get(1);
        section.figures(first, deep, found.get(2))
                .verdict(Verdict.atMost(name + ", first: p99", MOST_MILLIS, "ms", () -> first.millis(99), first))
                .verdict(Verdict.atMost(name + ", deep: p99", MOST_MILLIS, "ms", () -> deep.millis(99), deep))
                .verdict(Verdict.atMost(
                        name + ": deep against first, p50",
                        1.2,
                        "×",
                        () -> deep.millis(50) / first.millis(50),
                        first,
                        deep))
                .verdict(Verdict.grows(name, first, found.get(2)));
    }

    private static void counted(Run run, Section section) throws Exception {
        List<Tally> found = run.race(
                probe(run.many(), "first page with its count", 1, "/api/users"),
                probe(run.few(), "first page with its count, few users", 1, "/api/users"),
                probe(run.many(), "first page", MANY, "/api/users?count=none"));
        Tally counted = found.get(0);
        section.figures(counted, found.get(1), found.get(2))
                .verdict(Verdict.atMost(
                        "first page with its count: p99", MOST_MILLIS, "ms", () -> counted.millis(99), counted))
                .verdict(Verdict.grows("first page with its count", counted, found.get(1)));
    }

    static HttpProbe probe(World world, String what, int connections, String path) {
        return world.http(
                what, connections, List.of(Requests.get(path, world.accounts().superAdmin())));
    }

    /** Reached once by an offset, which costs a second or so; empty where it cannot be reached. */
    private static String cursor(World world, String query, int depth) throws IOException {
        List<String> bodies = new ArrayList<>();
        byte[] request =
                Requests.get(query + "&offset=" + (depth - 20), world.accounts().superAdmin());
        try (Generator once = new Generator(world.service().port(), 1)) {
            once.run(new Kept(request, bodies), Duration.ZERO, new Tally("cursor", 1));
        }
        String body = bodies.isEmpty() ? "" : bodies.get(0);
        return body.contains("\"nextCursor\":\"") ? body.replaceAll("(?s).*\"nextCursor\":\"([^\"]+)\".*", "$1") : "";
    }

    private record Kept(byte[] request, List<String> bodies) implements Generator.Script {
        @Override
        public byte[] next(int connection) {
            return request;
        }

        @Override
        public void answered(int connection, Connection answer) {
            bodies.add(answer.body());
        }
    }
}

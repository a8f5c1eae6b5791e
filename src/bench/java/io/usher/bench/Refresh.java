package io.usher.bench;

import java.util.ArrayList;
import java.util.List;

/** Rotating refresh tokens: each connection is one session, and sends what it was last given. */
final class Refresh implements Scenario {
    private static final int CONNECTIONS = 32;

    @Override
    public String name() {
        return "refresh";
    }

    @Override
    public Section section() {
        return new Section(
                "Refresh",
                "POST /api/auth/refresh over 32 connections, each with a session of its own: one statement, and an RS256 signature. Beside it the"
                        + " endpoint that does nothing, one that runs a bare update … returning of one row in a transaction, and bare signatures in the"
                        + " benchmark's own process.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        List<byte[]> updates = run.many().accounts().customers().stream()
                .map(account -> Requests.post("/bench/update/" + account.id()))
                .toList();
        List<Tally> found = run.race(
                probe(run.many(), "refresh"),
                run.nothing(CONNECTIONS),
                probe(run.few(), "refresh, few users"),
                run.many().http("bare update", CONNECTIONS, updates),
                BareSignature.probe());
        Tally refresh = found.get(0);
        section.figures(refresh, found.get(2))
                .ceilings(found.get(1), found.get(3), found.get(4))
                .verdict(Verdict.atLeast("rate", 2_000, "/s", refresh::rate, refresh))
                .verdict(Verdict.grows("refresh", refresh, found.get(2)));
    }

    private static HttpProbe probe(World world, String what) {
        return world.http(what, CONNECTIONS, new Sessions(world.accounts().customers()));
    }

    private static final class Sessions implements Generator.Script {
        private static final String FIELD = "\"refreshToken\":\"";

        private final List<String> tokens = new ArrayList<>();

        Sessions(List<Account> accounts) {
            accounts.stream().limit(CONNECTIONS).map(Account::refreshToken).forEach(tokens::add);
        }

        @Override
        public byte[] next(int connection) {
            return Requests.postAnonymously(
                    "/api/auth/refresh", "{\"refreshToken\":\"" + tokens.get(connection) + "\"}");
        }

        @Override
        public void answered(int connection, Connection answer) {
            String body = answer.body();
            int from = body.indexOf(FIELD) + FIELD.length();
            if (from >= FIELD.length()) {
                tokens.set(connection, body.substring(from, body.indexOf('"', from)));
            }
        }
    }
}

package io.usher.bench;

import java.util.List;

/** Logins at bcrypt's real cost. */
final class Login implements Scenario {
    private static final int CONNECTIONS = 8;

    @Override
    public String name() {
        return "login";
    }

    @Override
    public Section section() {
        return new Section(
                "Login",
                "POST /api/auth/login at cost 12, each of another user. Beside it comparisons by the same library, on as many threads as there are"
                        + " cores, in the benchmark's own process.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        List<Tally> found = run.race(
                probe(run.many(), "login"), BareBcrypt.probe(run.passwordHash()), probe(run.few(), "login, few users"));
        Tally login = found.get(0);
        Tally bcrypt = found.get(1);
        section.figures(login, found.get(2))
                .ceilings(bcrypt)
                .verdict(Verdict.atMost(
                        "the service's time on a core for a login, against bare bcrypt's",
                        1.10,
                        "×",
                        () -> login.cpuMicrosEach().service()
                                / bcrypt.cpuMicrosEach().driver(),
                        login,
                        bcrypt))
                .verdict(Verdict.atLeast(
                        "rate at 8 connections against cores / bare bcrypt's time",
                        0.9,
                        "×",
                        () -> login.rate() / bcrypt.rate(),
                        login,
                        bcrypt))
                .verdict(Verdict.grows("login", login, found.get(2)));
    }

    private static HttpProbe probe(World world, String what) {
        return world.http(what, CONNECTIONS, requests(world));
    }

    static List<byte[]> requests(World world) {
        return world.accounts().emails().stream()
                .map(email -> Requests.postAnonymously(
                        "/api/auth/login",
                        "{\"username\":\"" + email + "\",\"password\":\"" + UserRows.PASSWORD + "\"}"))
                .toList();
    }
}

package io.usher.bench;

import java.util.List;

/**
 * What scenarios have at hand.
 *
 * @param many the world that is measured
 * @param few a small one that it is held against
 * @param passwordHash what everybody's password is compared with
 */
record Run(Settings settings, Servers servers, SigningFolder keys, String passwordHash, World many, World few) {
    List<Tally> race(Probe... probes) throws Exception {
        return new Race(settings).run(List.of(probes));
    }

    /** The endpoint that does nothing. */
    HttpProbe nothing(int connections) {
        return many.http("nothing", connections, List.of(Requests.get("/bench/nothing")));
    }
}

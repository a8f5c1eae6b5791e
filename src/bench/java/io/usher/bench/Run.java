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
    private static final int WARM_UP_CONNECTIONS = 32;

    List<Tally> race(Probe... probes) throws Exception {
        return new Race(settings).run(List.of(probes));
    }

    /** Lets both services compile what all requests run through, so that neither is the colder one. */
    void warmUp() throws Exception {
        Bench.say("Warming up");
        for (World world : List.of(many, few)) {
            for (String path : List.of("/bench/nothing", "/bench/redis/bench", "/bench/script/bench")) {
                warmUp(world, List.of(Requests.get(path)));
            }
            warmUp(world, OwnView.requests(world));
            warmUp(world, OtherView.requests(world));
        }
    }

    private void warmUp(World world, List<byte[]> requests) throws Exception {
        try (HttpProbe probe = world.http("warm-up", WARM_UP_CONNECTIONS, requests)) {
            probe.run(settings.warmUp(), new Tally("warm-up", WARM_UP_CONNECTIONS));
        }
    }

    /** The endpoint that does nothing. */
    HttpProbe nothing(int connections) {
        return many.http("nothing", connections, List.of(Requests.get("/bench/nothing")));
    }

    /** An endpoint that sends one {@code GET} to Redis. */
    HttpProbe redisGet(int connections) {
        return many.http("bare Redis GET", connections, List.of(Requests.get("/bench/redis/bench")));
    }

    /** An endpoint that has Redis run a script and PostgreSQL a select, one behind the other. */
    HttpProbe scriptAndSelect(int connections) {
        return many.http("bare script and select", connections, selects("/bench/script-select/"));
    }

    /** An endpoint that sends one prepared select by primary key. */
    HttpProbe select(int connections) {
        return many.http("bare select", connections, selects("/bench/select/"));
    }

    private List<byte[]> selects(String path) {
        return many.accounts().others().stream()
                .map(id -> Requests.get(path + id))
                .toList();
    }

    /** An endpoint that has Redis run a script of one {@code GET}, by the service's own way to it. */
    HttpProbe redisScript(int connections) {
        return many.http("bare Redis script", connections, List.of(Requests.get("/bench/script/bench")));
    }
}

package io.usher.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Makes worlds, or takes over those that an earlier run has kept. */
final class WorldMaker {
    private final Settings settings;
    private final Servers servers;
    private final SigningFolder keys;
    private final String passwordHash;
    private final Dataset dataset;
    private final Map<String, String> facts = new LinkedHashMap<>();

    WorldMaker(Settings settings, Servers servers, SigningFolder keys, String passwordHash) {
        this.settings = settings;
        this.servers = servers;
        this.keys = keys;
        this.passwordHash = passwordHash;
        this.dataset = new Dataset(servers, settings);
    }

    World make(String name, int users, long seed) throws Exception {
        boolean kept = dataset.isThere(name, users);
        Database database = kept ? servers.database(name) : dataset.create(name);
        // the service makes the schema, or brings it up to date
        UsherProcess service = UsherProcess.start(settings, servers, keys.folder(), database, Bench.HEAP);
        try {
            if (!kept) {
                load(database, users, seed);
            }
            Accounts accounts = Accounts.signIn(database, keys, settings.signedIn());
            Needles needles = Needles.find(database);
            service.complaints();
            return new World(name, users, servers, database, service, accounts, needles);
        } catch (Exception e) {
            service.close();
            throw e;
        }
    }

    private void load(Database database, int users, long seed) throws Exception {
        Bench.say(String.format("Loading %,d users", users));
        long began = System.nanoTime();
        dataset.fill(database, users, seed, passwordHash);
        double seconds = (System.nanoTime() - began) / 1e9;
        facts.put(String.format("%,d users", users), String.format("loaded and analysed within %.0f s", seconds));
    }

    /** How long it took. */
    Map<String, String> facts() {
        return facts;
    }
}

package io.usher.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The users of a database, by {@code COPY} through the table's own indexes and triggers, so that managers of themselves, totals and search texts are
 * what the service would have made of them.
 */
final class Dataset {
    private static final int CHUNK = 20_000;

    /** Moves when other rows come out of the same seed: data that is kept from then is made anew. */
    private static final int FORM = 1;

    private final Servers servers;
    private final Settings settings;

    Dataset(Servers servers, Settings settings) {
        this.servers = servers;
        this.settings = settings;
    }

    /** Whether the kept database of this name holds what the settings ask for. */
    boolean isThere(String name, int users) throws SQLException {
        try (Connection connection = servers.admin();
                Statement statement = connection.createStatement()) {
            var found = statement.executeQuery(
                    "select shobj_description(oid, 'pg_database') from pg_database where datname = '" + name + "'");
            return found.next() && stamp(users).equals(found.getString(1));
        }
    }

    /** Makes an empty database in the place of what there is. */
    Database create(String name) throws SQLException {
        try (Connection connection = servers.admin();
                Statement statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
            statement.execute("create database " + name);
        }
        return servers.database(name);
    }

    /** Fills a database that has the schema. */
    void fill(Database database, int users, long seed, String passwordHash) throws Exception {
        copy(database, new UserRows(seed, users, passwordHash), users);
        database.execute(
                manage(settings.managed(users)),
                // a few users each for all other admins
                """
                insert into user_admins (admin_id, user_id)
                select a.id, u.id from (select id, row_number() over (order by id) n from users where user_type = 'admin') a
                join (select id, row_number() over (order by id) n from users where user_type = 'customer' limit 20000) u on u.n % 1000 = a.n
                on conflict do nothing""",
                "vacuum (analyze)",
                "checkpoint",
                "comment on database " + database.name() + " is '" + stamp(users) + "'");
    }

    /** The second admin manages so many users, spread over all. */
    private static String manage(int count) {
        return """
                insert into user_admins (admin_id, user_id)
                select (select id from users where user_type = 'admin' and not super_admin order by id limit 1), u.id
                from (select id, row_number() over (order by id) n, count(*) over () of from users where user_type = 'customer' and deleted_at is null) u
                where u.n %% greatest(1, u.of / %1$d) = 0 order by u.id limit %1$d
                on conflict do nothing""".formatted(count);
    }

    private static void copy(Database database, UserRows rows, int users) throws Exception {
        ExecutorService loaders = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> chunks = new ArrayList<>();
            for (int first = 0; first < users; first += CHUNK) {
                int from = first;
                int count = Math.min(CHUNK, users - first);
                chunks.add(loaders.submit(() -> {
                    database.copyIn("copy users (" + UserRows.COLUMNS + ") from stdin", rows.chunk(from, count));
                    return null;
                }));
            }
            for (Future<?> chunk : chunks) {
                chunk.get();
            }
        } finally {
            loaders.shutdownNow();
        }
    }

    private String stamp(int users) {
        return "bench " + FORM + ": " + users + " users, seed " + settings.seed();
    }
}

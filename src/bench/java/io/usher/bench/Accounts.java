package io.usher.bench;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * Who sends the requests.
 *
 * @param superAdmin sees everybody
 * @param admin manages some of them ({@link Settings#managed})
 * @param customers spread over the whole table
 * @param emails of customers that can log in, spread over the whole table
 * @param others ids of users, spread over the whole table
 */
record Accounts(Account superAdmin, Account admin, List<Account> customers, List<String> emails, List<UUID> others) {
    private static final int EMAILS = 2_000;
    private static final int OTHERS = 20_000;
    private static final String EVERY_NTH =
            "select %s from (select id, email, row_number() over (order by id) n, count(*) over () of from users"
                    + " where user_type = 'customer' and status = 'active' and deleted_at is null) u"
                    + " where u.n %% greatest(1, u.of / ?) = 0 limit ?";
    private static final String ADMIN =
            "select id from users where user_type = 'admin' and super_admin = ? order by id limit 1";

    /** Signs them in by writing their sessions, in the place of those that an earlier run left. */
    static Accounts signIn(Database database, SigningFolder keys, int customers) throws Exception {
        database.execute(
                "truncate user_sessions, user_quotas cascade",
                // one in fifty users is signed in somewhere
                """
                insert into user_sessions (id, user_id, created_at, last_activity_at, expires_at, ip, user_agent)
                select uuidv7(), id, now(), now(), now() + interval '23 hours', '192.0.2.1', 'Benchmark'
                from users where status = 'active' and deleted_at is null and get_byte(uuid_send(id), 15) % 50 = 0""");
        SignIn signIn = new SignIn(keys);
        Account superAdmin = signIn.account(database.texts(ADMIN, true).get(0), List.of("admin", "super-admin"));
        Account admin = signIn.account(database.texts(ADMIN, false).get(0), List.of("admin"));
        List<Account> accounts = new ArrayList<>();
        for (String id : database.texts(EVERY_NTH.formatted("id"), customers, customers)) {
            accounts.add(signIn.account(id, List.of("customer")));
        }
        signIn.write(database);
        List<UUID> others = database.texts(EVERY_NTH.formatted("id"), OTHERS, OTHERS).stream()
                .map(UUID::fromString)
                .toList();
        return new Accounts(
                superAdmin, admin, accounts, database.texts(EVERY_NTH.formatted("email"), EMAILS, EMAILS), others);
    }

    /** Sessions in the making, written at once. */
    private static final class SignIn {
        /** The rows that the bare update writes; a first take would make them as well. */
        private static final String QUOTAS = """
                insert into user_quotas (user_id, resource, window_start, updated_at)
                select distinct s.user_id, 'image', date_trunc('day', now(), 'UTC'), now()
                from user_sessions s join refresh_tokens r on r.session_id = s.id""";

        private final SigningFolder keys;
        private final StringBuilder sessions = new StringBuilder();
        private final StringBuilder tokens = new StringBuilder();

        SignIn(SigningFolder keys) {
            this.keys = keys;
        }

        Account account(String id, List<String> roles) throws Exception {
            UUID user = UUID.fromString(id);
            UUID session = UUID.randomUUID();
            String refreshToken = "usrt_" + UUID.randomUUID() + UUID.randomUUID();
            sessions.append(session).append('\t').append(user).append("\tnow\tnow\ttomorrow\t127.0.0.1\n");
            tokens.append("\\\\x")
                    .append(sha256(refreshToken))
                    .append('\t')
                    .append(session)
                    .append("\tnow\n");
            return new Account(user, keys.accessToken(user, session, roles), refreshToken);
        }

        void write(Database database) throws Exception {
            database.copyIn(
                    "copy user_sessions (id, user_id, created_at, last_activity_at, expires_at, ip) from stdin",
                    bytes(sessions));
            database.copyIn("copy refresh_tokens (token_hash, session_id, created_at) from stdin", bytes(tokens));
            database.execute(
                    "update user_sessions set expires_at = now() + interval '23 hours'",
                    QUOTAS,
                    "vacuum analyze user_sessions",
                    "vacuum analyze refresh_tokens",
                    "vacuum analyze user_quotas");
        }

        private static byte[] bytes(StringBuilder text) {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }

        private static String sha256(String secret) throws NoSuchAlgorithmException {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        }
    }
}

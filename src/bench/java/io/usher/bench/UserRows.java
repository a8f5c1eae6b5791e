package io.usher.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Rows of {@code users} as text for {@code COPY}. The same seed and number make the same rows, whoever makes which chunk, but for the day that they are
 * dated back from.
 */
final class UserRows {
    /** What everybody signs in with. */
    static final String PASSWORD = "Correct-Horse-7";

    static final String COLUMNS =
            "id, email, username, name, user_type, super_admin, status, email_verified, password_hash, phone, city,"
                    + " country, lead_status, created_at, updated_at, last_login_at, deleted_at";

    private static final String NULL = "\\N";
    private static final Duration AGE = Duration.ofDays(3 * 365);
    private static final Names NAMES = new Names();
    private static final Names.Zipf<String> PLACES = new Names.Zipf<>(
            Stream.of(
                            "Berlin;DE",
                            "London;GB",
                            "São Paulo;BR",
                            "Madrid;ES",
                            "Lagos;NG",
                            "Jakarta;ID",
                            "Paris;FR",
                            "Kraków;PL",
                            "Aarhus;DK",
                            "Osaka;JP")
                    .toList(),
            0.5);

    private final long seed;
    private final int users;
    private final String passwordHash;
    private final Instant from;

    UserRows(long seed, int users, String passwordHash) {
        this.seed = seed;
        this.users = users;
        this.passwordHash = passwordHash;
        this.from = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(AGE);
    }

    /** The rows of these numbers. */
    byte[] chunk(int first, int count) {
        Random random = new Random(seed * 1_000_003 + first);
        StringBuilder text = new StringBuilder(count * 256);
        for (int i = first; i < first + count; i++) {
            row(i, random, text);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void row(int number, Random random, StringBuilder text) {
        String first = NAMES.first(random);
        String last = NAMES.last(random);
        String unique = Integer.toString(number, Character.MAX_RADIX);
        Instant created = from.plusMillis(AGE.toMillis() * number / users + random.nextInt(1000));
        boolean admin = number % 1000 == 0;
        boolean pending = !admin && random.nextInt(100) < 5;
        String[] place = PLACES.any(random).split(";");
        line(
                text,
                id(created, random),
                Names.plain(first) + "." + Names.plain(last) + "." + unique + "@" + NAMES.host(random),
                random.nextInt(100) < 80 ? Names.plain(first).charAt(0) + Names.plain(last) + "_" + unique : NULL,
                random.nextInt(100) < 95 ? first + " " + last : NULL,
                admin ? "admin" : "customer",
                number == 0,
                pending ? "pending" : random.nextInt(100) < 95 || admin ? "active" : "suspended",
                !pending,
                pending ? NULL : passwordHash,
                random.nextInt(100) < 60 ? phone(random) : NULL,
                place[0],
                place[1],
                random.nextInt(100) < 30 ? "lead" : NULL,
                created,
                created,
                pending || random.nextInt(100) < 30 ? NULL : later(created, random),
                !admin && random.nextInt(200) == 0 ? later(created, random) : NULL);
    }

    private static void line(StringBuilder text, Object... values) {
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : "\t").append(values[i]);
        }
        text.append('\n');
    }

    /** A UUIDv7 of that moment. */
    private static UUID id(Instant moment, Random random) {
        long high = moment.toEpochMilli() << 16 | 0x7000 | random.nextInt(1 << 12);
        return new UUID(high, random.nextLong() >>> 2 | 1L << 63);
    }

    private static String phone(Random random) {
        return "+%d %03d %07d".formatted(30 + random.nextInt(60), random.nextInt(1000), random.nextInt(10_000_000));
    }

    private Instant later(Instant created, Random random) {
        long left = Duration.between(created, from.plus(AGE)).toMillis();
        return created.plusMillis((long) (Math.max(0, left) * random.nextDouble()));
    }

    /** A file for the import, with a header: users that are not among the rows. */
    static byte[] csv(long seed, int users, String passwordHash) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("email,name,password_hash\n");
        for (int i = 0; i < users; i++) {
            String first = NAMES.first(random);
            String last = NAMES.last(random);
            text.append(Names.plain(first))
                    .append('.')
                    .append(Names.plain(last))
                    .append('.')
                    .append(seed)
                    .append('.')
                    .append(i)
                    .append('@')
                    .append(NAMES.host(random))
                    .append(',')
                    .append(first)
                    .append(' ')
                    .append(last)
                    .append(',')
                    .append(passwordHash)
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}

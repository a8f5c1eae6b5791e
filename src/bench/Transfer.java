import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Random;
import org.postgresql.PGConnection;

/**
 * What {@code transfer.sh} needs beside the service: files of users, and the bare {@code COPY} that the service is held against. The
 * database's address is in {@code BENCH_DB}.
 */
class Transfer {
    private static final List<String> FIRST = List.of(
            "Ada", "Grace", "Jürgen", "María", "Søren", "Chloé", "Yusuf", "Ingrid", "Paweł", "Noor", "Tomás", "Aiko");
    private static final List<String> LAST = List.of(
            "Lovelace",
            "Hopper",
            "Müller",
            "García",
            "Nielsen",
            "Dubois",
            "Öztürk",
            "Lindqvist",
            "Kowalski",
            "Rahman",
            "Silva",
            "Tanaka");
    private static final List<String> HOSTS =
            List.of("example.com", "mail.example.org", "post.example.net", "firma.example");

    /** Only the form of hashes is looked at: a few serve for all. */
    private static final List<String> HASHES = List.of(
            "$2b$12$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m",
            "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
            "$2y$12$WApznUPhDubN0oeveSXHp.Rk0rMQuEeXEFHtTkRzKYrSGjYPrkZqK");

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "generate" -> generate(Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
            case "copy-in" -> copyIn(arguments[1]);
            case "copy-out" -> copyOut();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void generate(int rows, long seed) throws Exception {
        Random random = new Random(seed);
        try (var out = new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 16)) {
            out.write("email,name,password_hash\n");
            for (int i = 0; i < rows; i++) {
                String first = any(FIRST, random);
                String last = any(LAST, random);
                String address = Integer.toString(random.nextInt(1 << 30), 36) + "." + seed + "." + i;
                out.write(last.toLowerCase().replaceAll("[^a-z]", "") + "." + address + "@" + any(HOSTS, random) + ",");
                out.write(first + " " + last + "," + any(HASHES, random) + "\n");
            }
        }
    }

    private static String any(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** Into a table with the same columns, indexes and constraints. */
    private static void copyIn(String file) throws Exception {
        try (Connection connection = connection();
                var text = new FileInputStream(file)) {
            connection.createStatement().execute("create table copied_users (like users including all)");
            long began = System.nanoTime();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "copy copied_users (email, name, password_hash) from stdin (format csv, header)",
                            text,
                            1 << 16);
            System.out.println(milliseconds(began));
            connection.createStatement().execute("drop table copied_users");
        }
    }

    private static void copyOut() throws Exception {
        try (Connection connection = connection()) {
            long began = System.nanoTime();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy users to stdout (format csv, header)", OutputStream.nullOutputStream());
            System.out.println(milliseconds(began));
        }
    }

    private static Connection connection() throws Exception {
        return DriverManager.getConnection(System.getenv("BENCH_DB"), "usher", "usher");
    }

    private static long milliseconds(long began) {
        return (System.nanoTime() - began) / 1_000_000;
    }
}

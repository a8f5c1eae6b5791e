package io.usher.bench;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Files of users, in and out, beside a bare {@code COPY}; a service and a database of their own, with little memory. */
final class Transfer implements Scenario {
    private static final String HEAP = "256m";
    private static final int ROUNDS = 2;
    private static final int USERS_BEFORE = 2_000;

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    public String name() {
        return "transfer";
    }

    @Override
    public Section section() {
        return new Section(
                "Import and export",
                "Users with email, name and bcrypt hash as CSV into a service with -Xmx256m, and all users out of it as CSV and as NDJSON. Beside it a"
                        + " bare COPY of the same rows into a table with the same columns, indexes and constraints (but without audit log, totals,"
                        + " links and conflicts), and out of the same table. The median of " + ROUNDS
                        + " rounds after a warm-up.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        Dataset dataset = new Dataset(run.servers(), run.settings());
        Database database = dataset.create("bench_transfer");
        try (UsherProcess service =
                UsherProcess.start(run.settings(), run.servers(), run.keys().folder(), database, HEAP)) {
            dataset.fill(database, USERS_BEFORE, run.settings().seed() + 2, run.passwordHash());
            Account admin = Accounts.signIn(database, run.keys(), 1).superAdmin();
            Moves moves = new Moves(http, "http://127.0.0.1:" + service.port() + "/api/admin/users", admin, database);
            int rows = run.settings().moved();
            moves.round(UserRows.csv(1000, rows / 2, run.passwordHash()), rows / 2);
            moves.forget();
            for (int round = 1; round <= ROUNDS; round++) {
                moves.round(UserRows.csv(1000 + round, rows, run.passwordHash()), rows);
            }
            report(section, moves);
            section.fact("rows in each round", String.format("%,d", rows))
                    .fact("most memory under -Xmx256m", StartUp.mebibytes(service.memory("VmHWM")));
            service.complaints().forEach(section::failure);
        }
    }

    private static void report(Section section, Moves moves) {
        double copyIn = median(moves.copyIn);
        double copyOut = median(moves.copyOut);
        double in = median(moves.in);
        double csv = median(moves.csv);
        double ndjson = median(moves.ndjson);
        section.figure(Figure.rows("import (csv)", in, false))
                .figure(Figure.rows("bare COPY in", copyIn, true))
                .figure(Figure.rows("export (csv)", csv, false))
                .figure(Figure.rows("export (ndjson)", ndjson, false))
                .figure(Figure.rows("bare COPY out", copyOut, true))
                .verdict(Verdict.atLeast("import against COPY", 0.4, "×", () -> in / copyIn))
                .verdict(Verdict.atLeast("export (csv) against COPY", 0.5, "×", () -> csv / copyOut))
                .verdict(Verdict.atLeast("export (ndjson) against COPY", 0.5, "×", () -> ndjson / copyOut));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    /** Rows a second of each way. */
    private static final class Moves {
        private final HttpClient http;
        private final String address;
        private final Account admin;
        private final Database database;
        private final List<Double> in = new ArrayList<>();
        private final List<Double> csv = new ArrayList<>();
        private final List<Double> ndjson = new ArrayList<>();
        private final List<Double> copyIn = new ArrayList<>();
        private final List<Double> copyOut = new ArrayList<>();

        Moves(HttpClient http, String address, Account admin, Database database) {
            this.http = http;
            this.address = address;
            this.admin = admin;
            this.database = database;
        }

        void forget() {
            List.of(in, csv, ndjson, copyIn, copyOut).forEach(List::clear);
        }

        void round(byte[] file, int rows) throws Exception {
            database.execute("create table copied_users (like users including all)");
            copyIn.add(rate(
                    rows,
                    () -> database.copyIn(
                            "copy copied_users (email, name, password_hash) from stdin (format csv, header)", file)));
            database.execute("drop table copied_users");
            in.add(rate(rows, () -> upload(file, rows)));
            long all = database.number("select count(*) from users where deleted_at is null");
            csv.add(rate(all, () -> download("csv", all)));
            ndjson.add(rate(all, () -> download("ndjson", all)));
            copyOut.add(rate(all, () -> database.copyOut("copy users to stdout (format csv, header)")));
        }

        private void upload(byte[] file, int rows) throws Exception {
            HttpRequest request = request("/import")
                    .header("Content-Type", "text/csv")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(file))
                    .build();
            String report =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (!report.contains("\"created\":" + rows + ",")) {
                throw new IllegalStateException(
                        "Not all were imported: " + report.substring(0, Math.min(500, report.length())));
            }
        }

        private void download(String format, long users) throws Exception {
            HttpRequest request = request("/export?format=" + format).build();
            long lines = 0;
            byte[] buffer = new byte[1 << 16];
            try (InputStream body = http.send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body()) {
                for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                    for (int i = 0; i < read; i++) {
                        lines += buffer[i] == '\n' ? 1 : 0;
                    }
                }
            }
            if (lines < users) {
                throw new IllegalStateException("Not all were exported: " + lines + " lines of " + users + " users");
            }
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create(address + path))
                    .header("Authorization", "Bearer " + admin.accessToken());
        }

        private interface Move {
            void run() throws Exception;
        }

        private static double rate(long rows, Move move) throws Exception {
            long began = System.nanoTime();
            move.run();
            return rows * 1e9 / (System.nanoTime() - began);
        }
    }
}

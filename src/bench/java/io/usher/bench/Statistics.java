package io.usher.bench;

import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a dashboard asks for, on a day on which one user in ten did something. */
final class Statistics implements Scenario {
    private static final double MOST_MILLIS = 200;
    private static final int ACTIVE_OF = 10;

    @Override
    public String name() {
        return "statistics";
    }

    @Override
    public Section section() {
        return new Section(
                "Statistics",
                "Counts, sign-ups of a year, and the activity of the last 24 hours, one at a time, by the super admin and by an admin that manages"
                        + " some of the users.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        World world = run.many();
        section.fact("activities within the last day", String.format("%,d", active(world)));
        for (Map.Entry<String, String> call : calls().entrySet()) {
            measure(run, section, call.getKey(), call.getValue());
        }
    }

    private static Map<String, String> calls() {
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put("counts", "/api/admin/stats");
        calls.put(
                "sign-ups",
                "/api/admin/stats/signups?year=" + LocalDate.now(ZoneOffset.UTC).getYear());
        calls.put("activity", "/api/admin/activities/summary?days=1");
        return calls;
    }

    private static void measure(Run run, Section section, String what, String path) throws Exception {
        Accounts accounts = run.many().accounts();
        List<Tally> found = run.race(
                probe(run.many(), what + ", super admin", path, accounts.superAdmin()),
                probe(run.many(), what + ", admin", path, accounts.admin()));
        found.forEach(tally -> section.figures(tally)
                .verdict(Verdict.atMost(tally.name() + ": p99", MOST_MILLIS, "ms", () -> tally.millis(99), tally)));
    }

    private static HttpProbe probe(World world, String what, String path, Account account) {
        return world.http(what, 1, List.of(Requests.get(path, account)));
    }

    /** Lets users do something, unless they did in a run that was not long ago. */
    private static long active(World world) throws SQLException {
        Database database = world.database();
        if (done(database) < world.users() / ACTIVE_OF / 2) {
            database.execute("""
                    insert into user_activities (id, user_id, activity_type, created_at)
                    select gen_random_uuid(), id, (array['login', 'scrape', 'form_automation'])[1 + (n %% 3)], now() - (n %% 72000) * interval '1 s'
                    from (select id, row_number() over () n from users where deleted_at is null limit %d) u""".formatted(world.users() / ACTIVE_OF), "vacuum (analyze) user_activities");
        }
        return done(database);
    }

    private static long done(Database database) throws SQLException {
        return database.number("select count(*) from user_activities where created_at > now() - interval '1 day'");
    }
}

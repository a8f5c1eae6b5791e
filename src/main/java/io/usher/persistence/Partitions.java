package io.usher.persistence;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;

/**
 * Tables with a partition for each month (UTC) of their {@code created_at}, made ahead and dropped whole (decision 60). What has no month yet
 * goes into the table's default partition, so that nothing ever fails because a month was not made in time; making the month moves it. Any
 * number of replicas may do the same at once.
 */
@ApplicationScoped
public class Partitions {
    private static final Logger LOG = Logger.getLogger(Partitions.class);

    /** How many months after the present one there are. */
    private static final int AHEAD = 3;

    /** What is older, or further ahead, is no time that was meant, and stays in the default partition. */
    private static final YearMonth FIRST = YearMonth.of(1970, 1);

    /** Each waits half a second for its locks, and gives way to whoever serves requests. */
    private static final int TRIES = 10;

    /** lock_not_available, deadlock_detected. */
    private static final Set<String> BUSY = Set.of("55P03", "40P01");

    private static final String MAKE = "select usher_make_month_partition($1::text, $2::date, $3::date) as made";
    private static final String DROP = "select usher_drop_month_partitions($1::text, $2::date, $3::int) as dropped";
    private static final String STRAYED = """
            select distinct date_trunc('month', created_at at time zone 'UTC')::date as month from %s_default
            where created_at >= $1 and created_at < $2 order by month
            """;

    private final Pool pool;
    private final LongStatements statements;
    private final Clock clock;

    @Inject
    Partitions(Pool pool, LongStatements statements, Clock clock) {
        this.pool = pool;
        this.statements = statements;
        this.clock = clock;
    }

    /**
     * Makes this month, those ahead, and those of what the default partition holds; drops the months that ended before.
     *
     * @param table whose default partition is {@code <table>_default}
     * @param retention whole months. Of a month that was made when it had passed already, it counts from that day on
     */
    public Uni<Void> maintain(String table, Period retention) {
        return keepAhead(table).chain(() -> drop(table, retention));
    }

    /** As {@link #maintain}, for a table whose old months are dropped with those of others: by {@link #dropBy}. */
    public Uni<Void> keepAhead(String table) {
        return make(table, ahead()).chain(() -> strayed(table)).chain(months -> make(table, months));
    }

    /**
     * Drops old months of tables that hang together.
     *
     * @param statement does it, and answers their names as {@code dropped}; $1 today, $2 months to keep
     */
    public Uni<Void> dropBy(String statement, Period retention) {
        return log(patiently(statement, Tuple.of(today(), (int) retention.toTotalMonths())));
    }

    /** Makes these months, where they are not there; outside of transactions. */
    public Uni<Void> ensure(String table, Collection<YearMonth> months) {
        YearMonth last = thisMonth().plusMonths(AHEAD);
        return make(
                table,
                months.stream()
                        .filter(month -> !month.isBefore(FIRST) && !month.isAfter(last))
                        .sorted()
                        .toList());
    }

    /** One transaction each, so that none holds its locks for longer than it takes. */
    private Uni<Void> make(String table, List<YearMonth> months) {
        return Multi.createFrom()
                .iterable(months)
                .onItem()
                .transformToUniAndConcatenate(month -> patiently(MAKE, Tuple.of(table, month.atDay(1), today())))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> drop(String table, Period retention) {
        return log(patiently(DROP, Tuple.of(table, today(), (int) retention.toTotalMonths())));
    }

    private static Uni<Void> log(Uni<RowSet<Row>> drop) {
        return drop.map(rows -> rows.iterator().next().getArrayOfStrings("dropped"))
                .invoke(Partitions::log)
                .replaceWithVoid();
    }

    private static void log(String[] dropped) {
        if (dropped.length > 0) {
            LOG.infof("Dropped what is older than is kept: %s", String.join(", ", dropped));
        }
    }

    /** The months that the default partition has rows of. */
    private Uni<List<YearMonth>> strayed(String table) {
        return pool.preparedQuery(STRAYED.formatted(table))
                .execute(Tuple.of(start(FIRST), start(thisMonth().plusMonths(AHEAD + 1))))
                .map(Partitions::months);
    }

    private static List<YearMonth> months(RowSet<Row> rows) {
        List<YearMonth> months = new ArrayList<>(rows.size());
        rows.forEach(row -> months.add(YearMonth.from(row.getLocalDate("month"))));
        return months;
    }

    private Uni<RowSet<Row>> patiently(String sql, Tuple parameters) {
        return Uni.createFrom()
                .deferred(() -> statements.run(sql, parameters))
                .onFailure(Partitions::isBusy)
                .retry()
                .atMost(TRIES);
    }

    private static boolean isBusy(Throwable failure) {
        return failure instanceof PgException pg && BUSY.contains(String.valueOf(pg.getSqlState()));
    }

    private List<YearMonth> ahead() {
        return LongStream.rangeClosed(0, AHEAD)
                .mapToObj(thisMonth()::plusMonths)
                .toList();
    }

    private YearMonth thisMonth() {
        return YearMonth.from(today());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static OffsetDateTime start(YearMonth month) {
        return month.atDay(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}

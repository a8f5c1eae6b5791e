package io.usher.stats;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Statements;
import io.usher.quota.RunningQuota;
import io.usher.security.Scope;
import io.usher.user.LeadStatus;
import io.usher.user.UserStatus;
import io.usher.user.UserType;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the statistics, one statement each. */
@ApplicationScoped
class StatsRepository {
    private static final String NO_LEAD_STATUS = "none";
    private static final int MONTHS = 12;

    private final Statements statements;

    @Inject
    StatsRepository(Statements statements) {
        this.statements = statements;
    }

    Uni<Statistics> present(Scope scope, Instant now, List<RunningQuota> quotas) {
        StatsSql sql = StatsSql.present(scope, now, quotas);
        return statements.alone().run(sql.text(), sql.parameters()).map(StatsRepository::statistics);
    }

    Uni<Signups> signups(Scope scope, int year) {
        StatsSql sql = StatsSql.signups(scope, year);
        return statements.alone().run(sql.text(), sql.parameters()).map(rows -> signups(rows, year));
    }

    private static Statistics statistics(RowSet<Row> rows) {
        Row any = rows.iterator().next();
        List<Group> groups = rows.stream()
                .filter(row -> row.getString("user_type") != null)
                .map(Group::read)
                .toList();
        return new Statistics(
                users(groups),
                new Statistics.Sessions(any.getLong("sessions")),
                new Statistics.Activity(any.getLong("activities"), any.getLong("active")),
                new Statistics.Quotas(any.getLong("exhausted")),
                new Statistics.Credits(groups.stream().map(Group::credits).reduce(BigInteger.ZERO, BigInteger::add)));
    }

    private static Statistics.Users users(List<Group> groups) {
        Map<String, Long> byType = zeros(Arrays.stream(UserType.values()).map(UserType::value));
        Map<String, Long> byStatus = zeros(Arrays.stream(UserStatus.values()).map(UserStatus::value));
        Map<String, Long> byLeadStatus = zeros(
                Stream.concat(Arrays.stream(LeadStatus.values()).map(LeadStatus::value), Stream.of(NO_LEAD_STATUS)));
        for (Group group : groups) {
            byType.merge(group.type(), group.users(), Long::sum);
            byStatus.merge(group.status(), group.users(), Long::sum);
            byLeadStatus.merge(group.leadStatus(), group.users(), Long::sum);
        }
        return new Statistics.Users(
                sum(groups, Group::users),
                byType,
                byStatus,
                byLeadStatus,
                sum(groups, Group::today),
                sum(groups, Group::week),
                sum(groups, Group::month));
    }

    private static Signups signups(RowSet<Row> rows, int year) {
        Map<String, Long> months = zeros(IntStream.rangeClosed(1, MONTHS).mapToObj(Integer::toString));
        rows.forEach(row -> months.put(Integer.toString(row.getInteger("month")), row.getLong("users")));
        return new Signups(
                year,
                months,
                months.values().stream().mapToLong(Long::longValue).sum());
    }

    private static Map<String, Long> zeros(Stream<String> names) {
        Map<String, Long> zeros = new LinkedHashMap<>();
        names.forEach(name -> zeros.put(name, 0L));
        return zeros;
    }

    private static long sum(List<Group> groups, ToLongFunction<Group> number) {
        return groups.stream().mapToLong(number).sum();
    }

    /** The users of one type, status and lead status. */
    private record Group(
            String type,
            String status,
            String leadStatus,
            long users,
            long today,
            long week,
            long month,
            BigInteger credits) {
        static Group read(Row row) {
            return new Group(
                    row.getString("user_type"),
                    row.getString("status"),
                    row.getString("lead_status"),
                    row.getLong("users"),
                    row.getLong("today"),
                    row.getLong("week"),
                    row.getLong("month"),
                    new BigInteger(row.getString("credits")));
        }
    }
}

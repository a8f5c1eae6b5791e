package io.usher.privacy;

import io.usher.privacy.TableRule.Fate;
import io.usher.privacy.TableRule.Shown;
import java.util.stream.Collectors;

/** The statements that follow from a {@link TableRule}. */
final class PrivacySql {
    /** Gives the parameters their types, also where a statement has no use for one. */
    private static final String GIVEN = "with given as (select $1::uuid as id, $2::timestamptz as now), ";

    /** What the user is known by, in lower case. */
    private static final String NAMES = """
            names as materialized (
                select array_remove(array[u.email, lower(u.username), lower(u.requested_username), lower(u.name), lower(u.friendly_name),
                    lower(u.notification_email), u.v1_id::text], null) as names
                from users u where u.id = $1
            ),\s""";

    private PrivacySql() {}

    /** Erases what a table has on the user: one statement, that answers how many rows that took. A second time takes none. */
    static String erase(TableRule rule) {
        TableRule.Others others = rule.others();
        String rows = "own as (" + own(rule) + " returning 1)";
        return others == null
                ? GIVEN + rows + " select count(*) as rows from own"
                : GIVEN + NAMES + rows + ", theirs as (update " + rule.table() + " t set " + others.set()
                        + " from names n where " + others.where() + " returning 1)"
                        + " select (select count(*) from own) + (select count(*) from theirs) as rows";
    }

    private static String own(TableRule rule) {
        return rule.fate() == Fate.DELETED
                ? "delete from " + rule.table() + " t where " + rule.erased()
                : "update " + rule.table() + " t set " + rule.settings("%s = %s", false) + " where (" + rule.erased()
                        + ") and (" + rule.settings("t.%1$s", true) + ") is distinct from ("
                        + rule.settings("%2$s", true) + ")";
    }

    /** Reads what a table has on the user, as an export shows it; to others than itself and super admins without what it did to others. */
    static String read(TableRule rule, boolean all) {
        String columns = rule.names(Shown.AS_IS, Shown.DOCUMENT).stream()
                .map(name -> rule.column(name).shownAs() + " as " + name)
                .collect(Collectors.joining(", "));
        return "with given as (select $1::uuid as id) select " + columns + " from " + rule.table() + " t where "
                + (all ? rule.held() : rule.ofItself()) + " order by " + rule.order();
    }
}

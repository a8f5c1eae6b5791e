package io.usher.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.privacy.TableRule.Fate;
import io.usher.privacy.TableRule.Shown;
import io.usher.testing.Database;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The registry against the schema: whoever adds a column says what becomes of it when its user is anonymised. */
@UsherTest
class PersonalDataTest {
    /** Flyway's own. */
    private static final String MIGRATIONS = "flyway_schema_history";

    /** Partitions have the columns of their tables. */
    private static final String COLUMNS = """
            select c.relname || '.' || a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
                and a.attnum > 0 and not a.attisdropped and c.relname <> ? and %s
            """;

    @Test
    void everyColumnOfTheSchemaIsClassifiedAndNoOther() {
        assertThat(registered()).isEqualTo(schema("true"));
    }

    @Test
    void documentsAreTheColumnsOfJson() {
        Set<String> documents = new TreeSet<>();
        PersonalData.TABLES.forEach(
                rule -> rule.names(Shown.DOCUMENT).forEach(column -> documents.add(rule.table() + "." + column)));

        assertThat(documents).containsAll(schema("a.atttypid = 'jsonb'::regtype"));
    }

    @Test
    void computedColumnsAreShownWithWhatTheyAreMadeOf() {
        Set<String> derived = new TreeSet<>();
        PersonalData.TABLES.forEach(
                rule -> rule.names(Shown.DERIVED).forEach(column -> derived.add(rule.table() + "." + column)));

        assertThat(derived).isEqualTo(schema("a.attgenerated <> ''"));
    }

    @Test
    void hashesAreNotShown() {
        Set<String> secrets = new TreeSet<>();
        PersonalData.TABLES.stream().filter(TableRule::isShown).forEach(rule -> rule.names(Shown.SECRET)
                .forEach(column -> secrets.add(rule.table() + "." + column)));

        assertThat(secrets).isEqualTo(schema("a.attname like '%hash' and c.relname not like 'audit%'"));
    }

    @Test
    void nothingIsHeldByTheIdOfAUserThatIsNotShown() {
        Set<String> shown = new TreeSet<>();
        PersonalData.TABLES.stream()
                .filter(TableRule::isShown)
                .map(TableRule::table)
                .forEach(shown::add);
        List<@Nullable String> referring = Database.column("""
                select distinct c.conrelid::regclass::text from pg_constraint c join pg_class t on t.oid = c.conrelid
                where c.contype = 'f' and c.confrelid = 'users'::regclass and not t.relispartition
                """);

        assertThat(shown).containsAll(referring.stream().map(String::valueOf).toList());
    }

    @Test
    void whatStaysIsALedgerARightOrTheUserItself() {
        assertThat(PersonalData.TABLES.stream()
                        .filter(rule -> rule.isShown() && rule.fate() != Fate.DELETED)
                        .map(TableRule::table))
                .containsExactlyInAnyOrder(
                        "user_quotas",
                        "generations",
                        "credit_transactions",
                        "user_activities",
                        "audit_events",
                        "audit_origins",
                        "users");
    }

    private static Set<String> registered() {
        Set<String> columns = new TreeSet<>();
        PersonalData.TABLES.forEach(
                rule -> rule.columns().keySet().forEach(column -> columns.add(rule.table() + "." + column)));
        return columns;
    }

    private static Set<String> schema(String condition) {
        return new TreeSet<>(Database.column(COLUMNS.formatted(condition), MIGRATIONS).stream()
                .map(String::valueOf)
                .toList());
    }
}

package io.usher.upgrade;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What PostgreSQL says that a schema has: what whoever reads and writes it can rely on. Partitions are left to their tables.
 *
 * @param columns by {@code table.column}
 * @param rules what restricts rows: checks, foreign keys, exclusions and unique indexes, by {@code table: definition}
 * @param functions what they return, by their signatures
 * @param triggers their definitions
 */
record SchemaCatalog(
        Map<String, Column> columns, Map<String, Rule> rules, Map<String, String> functions, Set<String> triggers) {
    private static final String TABLES = "from pg_class t join pg_namespace n on n.oid = t.relnamespace"
            + " and n.nspname = 'public' and not t.relispartition and t.relname <> 'flyway_schema_history' ";
    private static final String OWN =
            " not exists (select from pg_depend d where d.objid = %s.oid and d.deptype = 'e') ";

    private static final String COLUMNS =
            "select t.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
                    + " a.atthasdef or a.attidentity <> '', a.attgenerated <> '' or a.attidentity = 'a' " + TABLES
                    + "join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped"
                    + " where t.relkind in ('r', 'p', 'v', 'm')";

    private static final String CONSTRAINTS =
            "select t.relname || ': ' || pg_get_constraintdef(c.oid), c.contype::text,"
                    + " array(select t.relname || '.' || attname from pg_attribute a where a.attrelid = t.oid"
                    + " and a.attnum = any(c.conkey)) " + TABLES
                    + "join pg_constraint c on c.conrelid = t.oid and c.contype in ('c', 'f', 'x')";

    /** What is unique, and where: neither the order of columns nor how an index compares matters to rows and to {@code on conflict}. */
    private static final String UNIQUE_INDEXES =
            "select t.relname || ': unique ' || (select string_agg(pg_get_indexdef(i.indexrelid, n, true), ', ' order by pg_get_indexdef(i.indexrelid, n, true))"
                    + " from generate_series(1, i.indnkeyatts) n)"
                    + " || coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), '')"
                    + " || case when i.indnullsnotdistinct then ' nulls not distinct' else '' end, 'u', array(select t.relname || '.' || attname from pg_attribute a"
                    + " where a.attrelid = t.oid and a.attnum = any(i.indkey)) " + TABLES
                    + "join pg_index i on i.indrelid = t.oid and i.indisunique";

    private static final String FUNCTIONS =
            "select p.oid::regprocedure::text, p.proretset || ' ' || pg_get_function_result(p.oid) from pg_proc p"
                    + " join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'public' where "
                    + OWN.formatted("p");

    private static final String TRIGGERS = "select pg_get_triggerdef(g.oid) " + TABLES
            + "join pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal";

    /** @param filled whether it gets a value where a row is written without one */
    record Column(String type, boolean notNull, boolean filled, boolean generated) {}

    /** @param kind {@code c}, {@code f}, {@code x} as in pg_constraint, {@code u} for a unique index */
    record Rule(String kind, Set<String> columns) {}

    static SchemaCatalog of(Connection database) throws SQLException {
        Map<String, Column> columns = new TreeMap<>();
        Map<String, Rule> rules = new TreeMap<>();
        Map<String, String> functions = new TreeMap<>();
        Set<String> triggers = new TreeSet<>();
        each(database, COLUMNS, row -> columns.put(row.getString(1), column(row)));
        each(database, CONSTRAINTS, row -> rules.put(row.getString(1), rule(row)));
        each(database, UNIQUE_INDEXES, row -> rules.put(row.getString(1), rule(row)));
        each(database, FUNCTIONS, row -> functions.put(row.getString(1), row.getString(2)));
        each(database, TRIGGERS, row -> triggers.add(row.getString(1)));
        return new SchemaCatalog(columns, rules, functions, triggers);
    }

    private static Column column(ResultSet row) throws SQLException {
        return new Column(row.getString(2), row.getBoolean(3), row.getBoolean(4), row.getBoolean(5));
    }

    private static Rule rule(ResultSet row) throws SQLException {
        return new Rule(row.getString(2), Set.of((String[]) row.getArray(3).getArray()));
    }

    private interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    private static void each(Connection database, String sql, Reader reader) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }
}

package io.usher.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.usher.persistence.Snapshot;
import io.usher.persistence.Snapshots;
import io.usher.preference.PreferenceService;
import io.usher.privacy.TableRule.Shown;
import io.usher.security.Caller;
import io.usher.security.Subjects;
import io.usher.web.JsonFormat;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes out everything that is held on a user, as {@link PersonalData} has it: one document, of one moment, a batch of rows at a time. */
@ApplicationScoped
public class PersonExportService {
    /** Of tables whose rows may have a megabyte, and of all others. */
    private static final Set<String> LARGE = Set.of("scraped_contents", "dispenser_records");

    /** Of up to 64 KiB and a prompt. */
    private static final Set<String> LARGER = Set.of("user_activities", "generations");

    private static final int FEW = 4;
    private static final int SOME = 20;
    private static final int MANY = 100;

    private final Subjects subjects;
    private final Snapshots snapshots;
    private final PreferenceService preferences;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    PersonExportService(
            Subjects subjects, Snapshots snapshots, PreferenceService preferences, ObjectMapper json, Clock clock) {
        this.subjects = subjects;
        this.snapshots = snapshots;
        this.preferences = preferences;
        this.json = json;
        this.clock = clock;
    }

    /** The document, in parts; without what the user did to others, where its admin asks (decision 91). Fails as {@link Subjects#require} where the caller may not see the user. */
    Multi<byte[]> export(Caller caller, String user) {
        return subjects.require(caller, user)
                .onItem()
                .transformToMulti(id -> document(caller, id))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private Multi<String> document(Caller caller, UUID user) {
        return snapshots.readFor(
                caller.userId(), snapshot -> Multi.createBy().concatenating().streams(parts(caller, user, snapshot)));
    }

    private List<Multi<String>> parts(Caller caller, UUID user, Snapshot snapshot) {
        List<Multi<String>> parts = new ArrayList<>();
        parts.add(text("{\"userId\":" + write(user) + ",\"exportedAt\":" + write(clock.instant()) + ",\"notShown\":"
                + write(notShown()) + ",\"tables\":{"));
        String before = "";
        for (TableRule rule :
                PersonalData.TABLES.stream().filter(TableRule::isShown).toList()) {
            parts.add(text(before + write(rule.table()) + ":["));
            parts.add(rows(caller, user, snapshot, rule));
            before = "],";
        }
        parts.add(text("]}}"));
        return parts;
    }

    /** So many rows that they are a few MiB together. */
    private static int atOnce(String table) {
        return LARGE.contains(table) ? FEW : LARGER.contains(table) ? SOME : MANY;
    }

    private Multi<String> rows(Caller caller, UUID user, Snapshot snapshot, TableRule rule) {
        AtomicBoolean begun = new AtomicBoolean();
        boolean all = caller.is(user) || caller.isSuperAdmin();
        return snapshot.rows(PrivacySql.read(rule, all), Tuple.of(user), atOnce(rule.table()))
                .filter(rows -> rows.size() > 0)
                .map(rows -> rows.stream()
                        .map(row -> object(caller, user, rule, row))
                        .collect(Collectors.joining(",", begun.getAndSet(true) ? "," : "", "")));
    }

    private String object(Caller caller, UUID user, TableRule rule, Row row) {
        StringBuilder text = new StringBuilder("{");
        for (String column : rule.names(Shown.AS_IS, Shown.DOCUMENT)) {
            text.append(text.length() > 1 ? "," : "")
                    .append(write(camelCase(column)))
                    .append(':');
            text.append(
                    rule.column(column).shown() == Shown.DOCUMENT
                            ? document(caller, user, rule, row, column)
                            : write(value(row, column)));
        }
        return text.append('}').toString();
    }

    /** As it is stored; but secrets in preferences are for their owner alone. */
    private String document(Caller caller, UUID user, TableRule rule, Row row, String column) {
        String stored = row.getString(column);
        return stored == null
                ? "null"
                : rule.table().equals("user_preferences")
                        ? preferences.shown(caller, user, row.getString("category"), stored)
                        : stored;
    }

    private static @Nullable Object value(Row row, String column) {
        Object value = row.getValue(column);
        return value instanceof OffsetDateTime time ? JsonFormat.time(time.toInstant()) : value;
    }

    /** The columns that are held and not shown, by table. */
    private static Map<String, List<String>> notShown() {
        Map<String, List<String>> secrets = new LinkedHashMap<>();
        for (TableRule rule : PersonalData.TABLES) {
            List<String> names = rule.names(Shown.SECRET).stream()
                    .map(PersonExportService::camelCase)
                    .toList();
            if (!names.isEmpty()) {
                secrets.put(rule.table(), names);
            }
        }
        return secrets;
    }

    static String camelCase(String column) {
        StringBuilder name = new StringBuilder();
        for (String word : column.split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    private static Multi<String> text(String part) {
        return Multi.createFrom().item(part);
    }

    private String write(@Nullable Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What the database holds can be said in JSON", e);
        }
    }
}

package io.usher.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which fields a write changed. The old and the new value stand only with fields of a closed list, of which none is secret or personal: the
 * log is kept when the user is gone, and cannot be changed. Any other field stands there by its name, whatever values are given.
 *
 * @param all in the order in which they were named
 */
public record AuditChanges(List<AuditChange> all) {
    /** A write that changed no field worth a name. */
    public static final AuditChanges NONE = new AuditChanges(List.of());

    private static final Set<String> WITH_VALUES = Set.of(
            "status",
            "leadStatus",
            "userType",
            "superAdmin",
            "roles",
            "emailVerified",
            "deletedAt",
            "type",
            "limit",
            "amount",
            "balance",
            "scopes",
            "active",
            "expiresAt",
            "gracePeriodSeconds",
            "sessions",
            "used",
            "method");

    /**
     * One field.
     *
     * @param field as the API names it
     * @param old what JSON can say of it: null, a boolean, a number, a text or a list of texts
     * @param now likewise
     */
    public record AuditChange(
            String field, @Nullable Object old, @Nullable Object now) {}

    public AuditChanges {
        all = List.copyOf(all);
    }

    /** One field, with its values where it is harmless; else by its name. */
    public static AuditChanges of(String field, @Nullable Object old, @Nullable Object now) {
        return NONE.with(field, old, now);
    }

    /** Fields by their names alone. */
    public static AuditChanges named(Collection<String> fields) {
        return new AuditChanges(
                fields.stream().map(field -> new AuditChange(field, null, null)).toList());
    }

    /** These, and one field more, as {@link #of}. */
    public AuditChanges with(String field, @Nullable Object old, @Nullable Object now) {
        boolean harmless = WITH_VALUES.contains(field);
        List<AuditChange> more = new ArrayList<>(all);
        more.add(new AuditChange(field, harmless ? plain(old) : null, harmless ? plain(now) : null));
        return new AuditChanges(more);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Numbers, booleans and lists of texts as they are, constants as the API names them; anything else as its text. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Collection<?> many) {
            return many.stream().map(String::valueOf).toList();
        }
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    /** As it is stored and hashed. */
    String json() {
        JsonArray array = new JsonArray();
        for (AuditChange change : all) {
            JsonObject entry = new JsonObject().put("field", change.field());
            if (WITH_VALUES.contains(change.field())) {
                entry.put("old", json(change.old())).put("new", json(change.now()));
            }
            array.add(entry);
        }
        return array.encode();
    }

    private static @Nullable Object json(@Nullable Object value) {
        return value instanceof Collection<?> many ? new JsonArray(new ArrayList<>(many)) : value;
    }
}

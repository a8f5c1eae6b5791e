package io.usher.user;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a user that one statement can write for many: each by its name, its column, its value in the JSON {@code j} of the changes,
 * and its value in Java. The statement's text is made of them once; which of them are there is a matter of its parameter.
 */
final class BulkFields {
    private record Field(String name, String column, String given, Function<UserFields, @Nullable Object> value) {}

    private static final List<Field> ALL = List.of(
            text("name", "name", UserFields::name),
            text("friendlyName", "friendly_name", UserFields::friendlyName),
            text("notificationEmail", "notification_email", UserFields::notificationEmail),
            text("phone", "phone", UserFields::phone),
            text("address", "address", UserFields::address),
            text("city", "city", UserFields::city),
            text("state", "state", UserFields::state),
            text("zipCode", "zip_code", UserFields::zipCode),
            text("country", "country", UserFields::country),
            text("businessSite", "business_site", UserFields::businessSite),
            text("businessType", "business_type", UserFields::businessType),
            new Field(
                    "additionalWebsites",
                    "additional_websites",
                    "array(select jsonb_array_elements_text(j -> 'additionalWebsites'))",
                    fields -> fields.additionalWebsites() == null ? List.of() : fields.additionalWebsites()),
            text("notes", "notes", UserFields::notes),
            text(
                    "leadStatus",
                    "lead_status",
                    f -> f.leadStatus() == null ? null : f.leadStatus().value()),
            text("status", "status", f -> f.status() == null ? null : f.status().value()),
            text(
                    "userType",
                    "user_type",
                    f -> f.userType() == null ? null : f.userType().value()),
            flag("superAdmin", "super_admin", UserFields::superAdmin),
            flag("emailVerified", "email_verified", UserFields::emailVerified));

    /**
     * $1 users, $2 of each, whether its roles changed, $3 the changes, $4 now. Answers the users that changed, what did, and what was before of
     * that which the audit log keeps. Nothing is written
     * where nothing changes; what is written leaves the columns that indexes are made of as they are, unless they are what changes.
     */
    static final String UPDATE = """
            with given as materialized (select $3::text::jsonb as j)
            update users u set %s, updated_at = $4::timestamptz, version = u.version + 1
            from unnest($1::uuid[], $2::boolean[]) as t (id, roles), given
            where u.id = t.id and (t.roles or (%s) is distinct from (%s))
            returning u.id, array_remove(array[case when t.roles then 'roles' end, %s], null) as changed, old.status,
                old.lead_status as "leadStatus", old.user_type as "userType", old.super_admin as "superAdmin", old.email_verified as "emailVerified"
            """.formatted(
            join(f -> f.column() + " = " + merged(f)),
            join(f -> "u." + f.column()),
            join(BulkFields::merged),
            join(f -> "case when old.%1$s is distinct from new.%1$s then '%2$s' end".formatted(f.column(), f.name())));

    private BulkFields() {}

    /** The changes as the statement reads them: once encoded. */
    static JsonObject json(UserFields changes) {
        JsonObject json = new JsonObject();
        ALL.stream()
                .filter(field -> changes.has(field.name()))
                .forEach(field -> json.put(field.name(), field.value().apply(changes)));
        return json;
    }

    private static String merged(Field field) {
        return "case when j ? '" + field.name() + "' then " + field.given() + " else u." + field.column() + " end";
    }

    private static Field text(String name, String column, Function<UserFields, @Nullable Object> value) {
        return new Field(name, column, "j ->> '" + name + "'", value);
    }

    private static Field flag(String name, String column, Function<UserFields, @Nullable Object> value) {
        return new Field(name, column, "(j ->> '" + name + "')::boolean", value);
    }

    private static String join(Function<Field, String> part) {
        return ALL.stream().map(part).collect(Collectors.joining(", "));
    }
}

package io.usher.user;

import io.usher.audit.AuditChanges;
import io.usher.problem.ProblemException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Merges fields into a user, and notes which of them really changed: nothing else moves its version, or ends its sessions. */
final class UserMerge {
    private static final Set<String> ENDS_SESSIONS = Set.of("status", "userType", "superAdmin", "roles");
    private static final Set<String> VOIDS_TOKENS = Set.of("email", "userType", "superAdmin");

    private final User user;
    private final UserFields fields;
    private final Set<String> changed = new TreeSet<>();
    private AuditChanges changes = AuditChanges.NONE;

    private UserMerge(User user, UserFields fields) {
        this.user = user;
        this.fields = fields;
    }

    /** @throws ProblemException {@code validation_failed} where the result would contradict itself */
    static UserMerge of(User user, UserFields fields) {
        UserMerge merge = new UserMerge(user, fields);
        merge.profile();
        merge.address();
        merge.account();
        merge.requireConsistent();
        return merge;
    }

    boolean changes(String field) {
        return changed.contains(field);
    }

    /** What changed of what people say about themselves; not what others keep on them. */
    Set<String> changedProfile() {
        return profileOf(changed);
    }

    boolean changesOnly(String field) {
        return changed.equals(Set.of(field));
    }

    boolean changesAnything() {
        return !changed.isEmpty();
    }

    boolean endsSessions() {
        return endsSessions(changed);
    }

    boolean voidsTokens() {
        return voidsTokens(changed);
    }

    static Set<String> profileOf(Set<String> fields) {
        Set<String> profile = new TreeSet<>(fields);
        profile.retainAll(FieldRights.PROFILE_AND_ADDRESS);
        return profile;
    }

    /** Whether a change of one of these ends the user's sessions (decision 5). */
    static boolean endsSessions(Set<String> fields) {
        return fields.stream().anyMatch(ENDS_SESSIONS::contains);
    }

    /**
     * Whether a change of one of these voids the user's one-time tokens: what went to the old address proves nothing of the new one, and whoever
     * was given a customer's token must not become an admin by it (decision 5).
     */
    static boolean voidsTokens(Set<String> fields) {
        return fields.stream().anyMatch(VOIDS_TOKENS::contains);
    }

    /** Custom roles are rows of their own; whoever writes them tells when they changed. */
    void rolesChanged(Collection<String> old, Collection<String> now) {
        note("roles", old, now);
    }

    /** What changed, as the audit log keeps it. */
    AuditChanges changes() {
        return changes;
    }

    private void note(String field, @Nullable Object old, @Nullable Object now) {
        changed.add(field);
        changes = changes.with(field, old, now);
    }

    private void profile() {
        set("username", user.username, fields.username(), v -> user.username = v);
        set("name", user.name, fields.name(), v -> user.name = v);
        set("friendlyName", user.friendlyName, fields.friendlyName(), v -> user.friendlyName = v);
        set("notificationEmail", user.notificationEmail, fields.notificationEmail(), v -> user.notificationEmail = v);
        set("phone", user.phone, fields.phone(), v -> user.phone = v);
        set("businessSite", user.businessSite, fields.businessSite(), v -> user.businessSite = v);
        set("businessType", user.businessType, fields.businessType(), v -> user.businessType = v);
        List<String> websites = fields.additionalWebsites() == null ? List.of() : fields.additionalWebsites();
        set(
                "additionalWebsites",
                Arrays.asList(user.additionalWebsites),
                websites,
                v -> user.additionalWebsites = v.toArray(new String[0]));
    }

    private void address() {
        set("address", user.address, fields.address(), v -> user.address = v);
        set("city", user.city, fields.city(), v -> user.city = v);
        set("state", user.state, fields.state(), v -> user.state = v);
        set("zipCode", user.zipCode, fields.zipCode(), v -> user.zipCode = v);
        set("country", user.country, fields.country(), v -> user.country = v);
    }

    private void account() {
        setRequired("email", user.email, fields.email(), v -> user.email = v);
        setRequired("emailVerified", user.emailVerified, emailVerified(), v -> user.emailVerified = v);
        setRequired("userType", user.userType, fields.userType(), v -> user.userType = v);
        setRequired("superAdmin", user.superAdmin, fields.superAdmin(), v -> user.superAdmin = v);
        setRequired("status", user.status, fields.status(), v -> user.status = v);
        set("leadStatus", user.leadStatus, fields.leadStatus(), v -> user.leadStatus = v);
        set("notes", user.notes, fields.notes(), v -> user.notes = v);
    }

    /** A new address is unproven, unless whoever may say so says it is proven. */
    private @Nullable Boolean emailVerified() {
        return fields.emailVerified() != null ? fields.emailVerified() : changes("email") ? Boolean.FALSE : null;
    }

    private void requireConsistent() {
        if (user.superAdmin && user.userType != UserType.ADMIN) {
            throw ProblemException.invalid("superAdmin", "conflict", "can only be true where userType is admin");
        }
    }

    private <T> void set(String field, @Nullable T old, @Nullable T value, Consumer<@Nullable T> setter) {
        if (fields.has(field) && !Objects.equals(old, value)) {
            setter.accept(value);
            note(field, old, value);
        }
    }

    private <T> void setRequired(String field, T old, @Nullable T value, Consumer<T> setter) {
        if (value != null && !value.equals(old)) {
            setter.accept(value);
            note(field, old, value);
        }
    }
}

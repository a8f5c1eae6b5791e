package io.usher.migration;

import io.usher.activity.ActivityService.Past;
import io.usher.fieldwork.NewDispenser;
import io.usher.preference.NewPreference;
import io.usher.user.UserMigrationService.Migrant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A V1 user that can be written, with all that hangs on it.
 *
 * @param user without a hash while its password is still in clear
 * @param password in clear; null where there is none, or the hash is there
 */
record Newcomer(
        Migrant user,
        @Nullable String password,
        List<Past> activities,
        List<NewDispenser> dispensers,
        List<NewPreference> preferences) {
    String email() {
        return user.email();
    }

    /** The same, once its password is hashed. */
    Newcomer withHash(String hash) {
        Migrant hashed = new Migrant(
                user.id(),
                user.email(),
                hash,
                user.name(),
                user.friendlyName(),
                user.notificationEmail(),
                user.lastUsedAt());
        return new Newcomer(hashed, null, activities, dispensers, preferences);
    }

    /** The same with all that hangs on it, under another id. */
    Newcomer withId(UUID id) {
        if (id.equals(user.id())) {
            return this;
        }
        Migrant moved = new Migrant(
                id,
                user.email(),
                user.passwordHash(),
                user.name(),
                user.friendlyName(),
                user.notificationEmail(),
                user.lastUsedAt());
        return new Newcomer(
                moved,
                password,
                activities.stream()
                        .map(past -> new Past(id, past.type(), past.details(), past.at()))
                        .toList(),
                dispensers.stream().map(dispenser -> dispenser.of(id)).toList(),
                preferences.stream()
                        .map(preference -> new NewPreference(id, preference.settings()))
                        .toList());
    }

    /** How many rows it makes, about. */
    int rows() {
        return 1 + activities.size() + dispensers.size() + preferences.size();
    }

    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
        return "Newcomer[" + user.id() + "]";
    }
}

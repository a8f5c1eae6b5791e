package io.usher.migration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.usher.preference.EmailSettings;
import io.usher.preference.NotificationSettings;
import io.usher.preference.ProverSettings;
import io.usher.preference.PushoverSettings;
import io.usher.preference.WorkWeekSettings;
import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A user as V1 kept it.
 *
 * @param password in clear, or a bcrypt hash
 * @param passwordHash a bcrypt hash
 * @param label becomes {@code name}
 * @param configuredEmail becomes {@code notificationEmail}
 * @param lastUsed becomes {@code lastUsedAt}
 */
@SnakeCaseToo
@RegisterForReflection(targets = {V1User.class, V1Activity.class, V1Dispenser.class})
@Schema(
        name = "V1User",
        description = "Names in snake case, as V1 wrote them, are read as well: friendly_name, prover_preferences, …")
record V1User(
        @NotNull @EmailAddress String email,

        @Size(max = 1000)
        @Schema(description = "In clear, or a bcrypt hash; empty for none. Not together with passwordHash")
        @Nullable
        String password,

        @Schema(description = "A bcrypt hash: $2a$, $2b$ or $2y$, of a cost up to 16") @Size(max = 100) @Nullable
        String passwordHash,

        @Schema(description = "Becomes name") @Size(max = 200) @Nullable
        String label,

        @Size(max = 200) @Nullable String friendlyName,

        @Schema(description = "Becomes notificationEmail") @EmailAddress @Nullable
        String configuredEmail,

        @Schema(description = V1Time.DESCRIPTION) @Size(max = V1Time.MAX_LENGTH) @Nullable
        String lastUsed,

        @Nullable ProverSettings proverPreferences,
        @Nullable EmailSettings emailSettings,
        @Nullable PushoverSettings pushoverSettings,
        @Nullable WorkWeekSettings workWeek,
        @Nullable NotificationSettings notificationSettings,

        @Size(max = MAX_RECORDS) @Nullable List<V1Activity> activities,

        @Size(max = MAX_RECORDS) @Nullable List<V1Dispenser> dispensers) {
    private static final int MAX_RECORDS = 100_000;

    V1User {
        email = email == null ? email : Emails.normalise(email);
        configuredEmail =
                configuredEmail == null || configuredEmail.isBlank() ? null : Emails.normalise(configuredEmail);
        passwordHash = passwordHash == null || passwordHash.isEmpty() ? null : passwordHash;
        password = password == null || password.isEmpty() ? null : password;
        label = label == null || label.isBlank() ? null : label.strip();
        friendlyName = friendlyName == null || friendlyName.isBlank() ? null : friendlyName.strip();
        activities = activities == null ? List.of() : activities;
        dispensers = dispensers == null ? List.of() : dispensers;
    }

    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
        return "V1User[]";
    }
}

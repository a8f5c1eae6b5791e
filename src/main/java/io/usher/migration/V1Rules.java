package io.usher.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.activity.ActivityService.Past;
import io.usher.fieldwork.NewDispenser;
import io.usher.persistence.Ids;
import io.usher.preference.NewPreference;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.user.UserMigrationService.Migrant;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of a user as V1 kept it one as it is kept here, or says everything that stands in the way. */
@ApplicationScoped
class V1Rules {
    private static final Pattern V1_ID = Pattern.compile("[0-9a-fA-F]{32}");

    /** @throws ProblemException {@code validation_failed} that names every field at fault */
    Newcomer apply(Caller caller, V1User user, Instant now) {
        V1Faults faults = new V1Faults();
        UUID id = Ids.next();
        V1Password password = V1Password.read(caller, user, faults);
        Instant lastUsed = V1Time.read(user.lastUsed(), now, "lastUsed", faults);
        List<Past> activities = activities(id, user, now, faults);
        List<NewDispenser> dispensers = dispensers(id, user, now, faults);
        List<NewPreference> preferences = preferences(id, user, faults);
        faults.throwIfAny();
        Migrant migrant = new Migrant(
                id,
                user.email(),
                password.passwordHash(),
                user.label(),
                user.friendlyName(),
                user.configuredEmail(),
                lastUsed);
        return new Newcomer(migrant, password.password(), activities, dispensers, preferences);
    }

    /** Read already, as {@code PUT …/preferences/{category}} would read them. */
    private static List<NewPreference> preferences(UUID id, V1User user, V1Faults faults) {
        List<NewPreference> all = new ArrayList<>();
        if (user.proverPreferences() != null) {
            all.add(new NewPreference(id, user.proverPreferences()));
        }
        if (user.emailSettings() != null) {
            all.add(new NewPreference(id, user.emailSettings()));
        }
        if (user.pushoverSettings() != null) {
            if (user.pushoverSettings().hasMask()) {
                faults.add("pushoverSettings", "format", "must have the secrets themselves, not their masks");
            }
            all.add(new NewPreference(id, user.pushoverSettings()));
        }
        if (user.workWeek() != null) {
            all.add(new NewPreference(id, user.workWeek()));
        }
        if (user.notificationSettings() != null) {
            all.add(new NewPreference(id, user.notificationSettings()));
        }
        return all;
    }

    private static List<NewDispenser> dispensers(UUID id, V1User user, Instant now, V1Faults faults) {
        List<NewDispenser> all = new ArrayList<>();
        for (V1Dispenser dispenser : Objects.requireNonNull(user.dispensers())) {
            String field = "dispensers[" + all.size() + "]";
            if (!NewDispenser.isWorkOrderId(dispenser.workOrderId())) {
                faults.add(
                        field + ".workOrderId", "format", "must have no control character, and no blank at its ends");
            }
            Instant time = V1Time.read(dispenser.timestamp(), now, field + ".timestamp", faults);
            all.add(new NewDispenser(
                    id,
                    dispenser.workOrderId(),
                    dispenser.visitId(),
                    dispenser.dispenserData(),
                    dispenser.metadata(),
                    time == null ? now : time));
        }
        return all;
    }

    private static List<Past> activities(UUID id, V1User user, Instant now, V1Faults faults) {
        String v1Id = v1Id(user.email());
        List<Past> all = new ArrayList<>();
        for (V1Activity activity : Objects.requireNonNull(user.activities())) {
            String field = "activities[" + all.size() + "]";
            if (isOfAnother(activity.userId(), v1Id)) {
                faults.add(field + ".userId", "mismatch", "is the V1 id of another user");
            }
            Instant time = V1Time.read(activity.timestamp(), now, field + ".timestamp", faults);
            all.add(new Past(id, activity.activityType(), text(activity.details()), time == null ? now : time));
        }
        return all;
    }

    /** Other names than V1 ids were in use as well, and say nothing. */
    private static boolean isOfAnother(@Nullable String userId, String v1Id) {
        return userId != null && V1_ID.matcher(userId).matches() && !userId.equalsIgnoreCase(v1Id);
    }

    private static @Nullable String text(@Nullable ObjectNode document) {
        return document == null ? null : document.toString();
    }

    /** As the database computes it. */
    private static String v1Id(String email) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(email.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.usher.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.activity.ActivityService.Past;
import io.usher.persistence.Ids;
import io.usher.problem.ProblemException;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes of a user as V1 kept it one as it is kept here, or says everything that stands in the way. */
@ApplicationScoped
class V1Rules {
    private static final Pattern V1_ID = Pattern.compile("[0-9a-fA-F]{32}");

    /** @throws ProblemException {@code validation_failed} that names every field at fault */
    Newcomer apply(V1User user, Instant now) {
        V1Faults faults = new V1Faults();
        UUID id = Ids.next();
        V1Password password = V1Password.read(user, faults);
        Instant lastUsed = V1Time.read(user.lastUsed(), now, "lastUsed", faults);
        List<Past> activities = activities(id, user, now, faults);
        refuseWhatHasNoPlaceYet(user, faults);
        faults.throwIfAny();
        Migrant migrant = new Migrant(
                id,
                user.email(),
                password.passwordHash(),
                user.label(),
                user.friendlyName(),
                user.configuredEmail(),
                lastUsed);
        return new Newcomer(migrant, password.password(), activities);
    }

    /** Nothing is dropped silently: what cannot be taken over yet stops the user. */
    private static void refuseWhatHasNoPlaceYet(V1User user, V1Faults faults) {
        boolean settings = Stream.of(
                        user.proverPreferences(),
                        user.emailSettings(),
                        user.pushoverSettings(),
                        user.workWeek(),
                        user.notificationSettings())
                .anyMatch(Objects::nonNull);
        if (settings || !Objects.requireNonNull(user.dispensers()).isEmpty()) {
            faults.add("", "unsupported", "preferences and dispensers are not taken over yet");
        }
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

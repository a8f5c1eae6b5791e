package io.usher.stats;

import java.math.BigInteger;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The users in the caller's scope in numbers, all of one moment. Days, weeks and months are those of UTC; weeks begin on Monday. */
@Schema(name = "Statistics")
record Statistics(Users users, Sessions sessions, Activity activity, Quotas quotas, Credits credits) {

    /**
     * Users that are not deleted.
     *
     * @param byType every type, 0 included
     * @param byStatus every status, 0 included
     * @param byLeadStatus every lead status, 0 included, and {@code none}
     * @param newToday created since 00:00
     * @param newThisWeek created since Monday
     * @param newThisMonth created since the first
     */
    @Schema(name = "UserStatistics")
    record Users(
            @Schema(examples = "120") long total,

            @Schema(examples = "{\"customer\": 118, \"admin\": 2}")
            Map<String, Long> byType,

            @Schema(examples = "{\"pending\": 7, \"active\": 110, \"inactive\": 2, \"suspended\": 1}")
            Map<String, Long> byStatus,

            @Schema(examples = "{\"lead\": 12, \"qualified\": 5, \"customer\": 3, \"closed\": 0, \"none\": 100}")
            Map<String, Long> byLeadStatus,

            long newToday,
            long newThisWeek,
            long newThisMonth) {}

    /** @param live sessions that have neither ended nor expired */
    @Schema(name = "SessionStatistics")
    record Sessions(long live) {}

    /**
     * What was done, by users that were deleted since, too.
     *
     * @param today activities since 00:00
     * @param activeUsersToday how many users they are of
     */
    @Schema(name = "ActivityStatistics")
    record Activity(long today, long activeUsersToday) {}

    /** @param exhausted how often a user has used up a resource for the day or week that runs */
    @Schema(name = "QuotaStatistics")
    record Quotas(long exhausted) {}

    /** @param outstanding what the balances of all users that are not deleted add up to */
    @Schema(name = "CreditStatistics")
    record Credits(
            @Schema(type = SchemaType.INTEGER, format = "int64")
            BigInteger outstanding) {}
}

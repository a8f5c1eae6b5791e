package io.usher.activity;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the users in the caller's scope did lately.
 *
 * @param days how far it looks back, in days of 24 hours
 * @param activeUsersCount how many users did anything
 * @param activityByType how often each type occurred, 0 included
 * @param recentActivities the 20 newest of that time
 */
@Schema(name = "ActivitySummary")
record ActivitySummary(
        int days,
        @Schema(examples = "12") long activeUsersCount,
        @Schema(examples = "{\"login\": 31, \"scrape\": 7}") Map<String, Long> activityByType,
        List<ActivityView> recentActivities) {}

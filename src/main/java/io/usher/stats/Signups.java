package io.usher.stats;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How many users in the caller's scope were created in a year, by month in UTC. Deleted users are not counted.
 *
 * @param months {@code 1} to {@code 12}, 0 included
 */
@Schema(name = "Signups")
record Signups(
        @Schema(examples = "2026") int year,

        @Schema(
                examples =
                        "{\"1\": 12, \"2\": 9, \"3\": 0, \"4\": 0, \"5\": 0, \"6\": 0, \"7\": 0, \"8\": 0, \"9\": 0, \"10\": 0, \"11\": 0, \"12\": 0}")
        Map<String, Long> months,

        @Schema(examples = "21") long total) {}

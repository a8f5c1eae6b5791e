package io.usher.fieldwork;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A content to store, unless it is there already.
 *
 * @param content JSON
 */
record NewContent(
        UUID userId, String contentType, @Nullable String sourceUrl, String content, String checksum, Instant now) {

    /** What its checksum is compared within, as text. */
    String place() {
        return userId + "\n" + contentType + "\n" + (sourceUrl == null ? "" : sourceUrl);
    }

    /** Without the content: records end up in logs. */
    @Override
    public String toString() {
        return "NewContent[" + userId + ", " + contentType + ", " + checksum + "]";
    }
}

package io.usher.fieldwork;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.web.Text;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The dispensers of a work order, as another system had them.
 *
 * @param workOrderId {@link #isWorkOrderId}
 * @param visitId up to {@link #MAX_ID} characters
 * @param dispenserData up to {@link #MAX_DATA} bytes as JSON
 * @param metadata up to 64 KiB as JSON
 * @param timestamp when they were stored there
 */
public record NewDispenser(
        UUID userId,
        String workOrderId,
        @Nullable String visitId,
        ObjectNode dispenserData,
        @Nullable ObjectNode metadata,
        Instant timestamp) {

    /** How long the ids of work orders and visits are at most, in characters. */
    public static final int MAX_ID = 100;

    /** How large the data of dispensers is at most, in bytes as JSON: a work order can have dozens of them. */
    public static final int MAX_DATA = 256 * 1024;

    /** The same, of another user. */
    public NewDispenser of(UUID user) {
        return new NewDispenser(user, workOrderId, visitId, dispenserData, metadata, timestamp);
    }

    /** Whether a work order can have this id: 1 to 100 characters, none of them a control character, and no blank at either end. */
    public static boolean isWorkOrderId(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_ID
                && text.equals(text.strip())
                && Text.isStorable(text)
                && text.chars().noneMatch(Character::isISOControl);
    }
}

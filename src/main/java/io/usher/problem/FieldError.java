package io.usher.problem;

/**
 * One field at fault.
 *
 * @param field the field as the client wrote it, such as {@code emails[3]} or {@code settings.startDay}
 * @param code a stable code: unknown, type, required, not_null, enum, range, size, format, characters, or a rule's own
 * @param message what is wrong, for people
 */
public record FieldError(String field, String code, String message) {}

package io.usher.problem;

import java.util.Arrays;
import java.util.Optional;

/** Every way in which a request can fail: the stable codes of the contract, with the status, title and advice that go with each. */
public enum ProblemCode {
    VALIDATION_FAILED(
            400, "Some fields are not valid", "Correct the fields that 'errors' names, and send the request again."),
    MALFORMED_JSON(
            400,
            "The body is not JSON",
            "The body could not be read as one JSON value in UTF-8. 'detail' says where it broke off."),
    INVALID_CURSOR(
            400,
            "The cursor is not valid",
            "Take 'nextCursor' from the last page as it is, with the same sort and order."),

    UNAUTHENTICATED(
            401,
            "You are not signed in",
            "Send an access token as 'Authorization: Bearer …', or an API key as 'X-API-Key'."),
    INVALID_CREDENTIALS(
            401,
            "Wrong user or password",
            "Check both. An account without a password is signed in with its set-up token."),
    TOKEN_EXPIRED(
            401, "The token has expired", "Get a new access token from POST /api/auth/refresh, or sign in again."),
    SESSION_REVOKED(401, "The session has ended", "It was logged out, or the account changed. Sign in again."),
    REFRESH_REUSED(
            401,
            "The refresh token was used before",
            "Its session has been ended, as the token may be stolen. Sign in again."),
    INVALID_CODE(
            401,
            "The code or token is not valid",
            "It is wrong, used, expired, or was tried too often. Ask for a new one."),

    INSUFFICIENT_CREDITS(402, "Not enough credits", "Nothing was spent. Add credits first."),

    FORBIDDEN(403, "You may not do this", "Your account lacks the right to it. 'detail' says which."),
    ACCOUNT_INACTIVE(
            403,
            "The account is not active",
            "It is pending, inactive, suspended or deleted. Its admin can activate it."),
    INSUFFICIENT_SCOPE(403, "The API key lacks a scope", "Use a key whose scopes cover this operation."),

    NOT_FOUND(404, "There is nothing here", "Check the path. /q/openapi lists every one."),
    USER_NOT_FOUND(404, "There is no such user", "It does not exist, or it is not one of yours."),
    NO_ACTIVE_USER(404, "No active user is set", "Set one with PUT /api/active-user."),

    METHOD_NOT_ALLOWED(405, "The method is not allowed here", "'Allow' lists the methods that are."),
    NOT_ACCEPTABLE(406, "No such representation", "Accept 'application/json'."),
    PAYLOAD_TOO_LARGE(413, "The body is too large", "Send less at once."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body's media type is not supported",
            "Send 'Content-Type: application/json', or what the operation documents."),

    EMAIL_TAKEN(409, "The email address is taken", "Another account, perhaps a deleted one, has it."),
    USERNAME_TAKEN(409, "The username is taken", "Choose another."),
    CONFLICT(409, "The request conflicts with the present state", "'detail' says with what. Read the resource again."),
    IDEMPOTENCY_IN_FLIGHT(
            409, "The same request is still being answered", "Wait, then send it again with the same key."),

    VERSION_CONFLICT(412, "It has changed since you read it", "Read it again, and send your change with its new ETag."),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request", "Use a new key for a new request."),

    RATE_LIMITED(429, "Too many requests", "Wait for 'Retry-After' seconds."),
    QUOTA_EXCEEDED(429, "The quota is used up", "Nothing was taken. It resets at 'resetsAt'."),

    INTERNAL_ERROR(
            500,
            "Something went wrong on our side",
            "Nothing more is known here. Report the requestId: the log has the cause."),
    OVERLOADED(503, "Too much work at the moment", "Nothing was done. Try again after 'Retry-After' seconds."),
    DEPENDENCY_UNAVAILABLE(
            503,
            "A server that this needs cannot be reached",
            "Nothing was done. Try again after 'Retry-After' seconds.");

    private final int status;
    private final String title;
    private final String advice;

    ProblemCode(int status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** One line for people. */
    public String title() {
        return title;
    }

    /** What the reader can do about it. */
    public String advice() {
        return advice;
    }

    /** The code as it stands on the wire, such as {@code email_taken}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The problem type, a path that explains it (RFC 9457, section 3.1.1). */
    public String type() {
        return "/problems/" + code();
    }

    /** The code that stands on the wire as {@code code}, if there is one. */
    public static Optional<ProblemCode> of(String code) {
        return Arrays.stream(values()).filter(c -> c.code().equals(code)).findFirst();
    }
}

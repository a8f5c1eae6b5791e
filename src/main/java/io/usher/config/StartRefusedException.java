package io.usher.config;

/** The service must not start as it is set up; the message tells the operator all that has to be done about it. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with a message that stands for itself: it is shown without a stack trace. */
    public StartRefusedException(String message) {
        super(message);
    }

    /** Refuses because of something that went wrong. */
    public StartRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.usher.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What is logged from here on, warnings and worse where nothing else is said, until it is closed; what a test provokes in one class can be kept out of the log. */
public final class LogCapture extends Handler implements AutoCloseable {
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private final Logger logger;

    public LogCapture() {
        this("");
    }

    private LogCapture(String name) {
        this(name, Level.WARNING);
    }

    private LogCapture(String name, Level least) {
        setLevel(least);
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    /** What the logger of that name logs: here only, since it is expected. */
    public static LogCapture insteadOf(String name) {
        LogCapture capture = new LogCapture(name);
        capture.logger.setUseParentHandlers(false);
        return capture;
    }

    /** What the logger of that name says in ordinary times, too. */
    public static LogCapture ofInfo(String name) {
        return new LogCapture(name, Level.INFO);
    }

    /** Each as {@code LEVEL logger message exception}. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= getLevel().intValue()) {
            String message = MESSAGE.format(entry);
            lines.add(entry.getLevel() + " " + entry.getLoggerName() + " " + message + " " + entry.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}

package io.usher.testing;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** What is logged from here on, warnings and worse, until it is closed. */
public final class LogCapture extends Handler implements AutoCloseable {
    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    public LogCapture() {
        setLevel(Level.WARNING);
        Logger.getLogger("").addHandler(this);
    }

    /** Each as {@code LEVEL logger message exception}. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            String message = MESSAGE.format(entry);
            lines.add(entry.getLevel() + " " + entry.getLoggerName() + " " + message + " " + entry.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}

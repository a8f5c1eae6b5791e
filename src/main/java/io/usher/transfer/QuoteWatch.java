package io.usher.transfer;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.HashSet;
import java.util.Set;

/**
 * Sees what is wrong with the quotes of CSV (RFC 4180, section 2) on its way to the parser, which either ends at it or takes it for good: text between
 * a closing quote and the next comma, and a quote that is never closed, with which all rows to the end of the file are one cell.
 */
final class QuoteWatch extends FilterReader {
    private enum State {
        CELL_BEGINS,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTES
    }

    private final Set<Long> malformed = new HashSet<>();
    private State state = State.CELL_BEGINS;
    private long line = 1;
    private long recordBegan = 1;
    private boolean afterReturn;
    private boolean atEnd;

    QuoteWatch(Reader text) {
        super(text);
    }

    /** Whether all has been read, and a quote is missing. */
    boolean areOpenAtEnd() {
        return atEnd && state == State.QUOTED;
    }

    /** Whether the record that begins in this line, from 1, has text behind a closing quote. To be asked once for each record. */
    boolean isMalformed(long firstLine) {
        return !malformed.isEmpty() && malformed.remove(firstLine);
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        atEnd = count < 0;
        for (int i = offset; i < offset + count; i++) {
            see(buffer[i]);
        }
        return count;
    }

    private void see(char c) {
        boolean quoted = state == State.QUOTED;
        state = after(c);
        if (c == '\n' || c == '\r') {
            // CRLF is one
            line += c == '\n' && afterReturn ? 0 : 1;
            recordBegan = quoted ? recordBegan : line;
        }
        afterReturn = c == '\r';
    }

    private State after(char c) {
        return switch (state) {
            case QUOTED -> c == '"' ? State.QUOTE_IN_QUOTES : State.QUOTED;
            case CELL_BEGINS -> c == '"' ? State.QUOTED : plain(c);
            case PLAIN -> plain(c);
            case QUOTE_IN_QUOTES -> c == '"' ? State.QUOTED : closed(plain(c));
        };
    }

    /** As for the parser, the next quote opens the cell again. */
    private State closed(State next) {
        if (next != State.PLAIN) {
            return next;
        }
        malformed.add(recordBegan);
        return State.QUOTE_IN_QUOTES;
    }

    private static State plain(char c) {
        return c == ',' || c == '\n' || c == '\r' ? State.CELL_BEGINS : State.PLAIN;
    }
}

package io.usher.transfer;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.Reader;

/** The text of a file for a parser that would take in a row of any length: it ends where a row has too much. */
final class RowText extends Reader {
    private final Reader text;
    private int left = FileRows.MAX_ROW;

    RowText(Reader text) {
        this.text = text;
    }

    /** Whatever is read from now on belongs to another row. */
    void nextRow() {
        left = FileRows.MAX_ROW;
    }

    /** Whether it ended for that. */
    boolean isTooLong() {
        return left < 0;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = text.read(buffer, offset, length);
        left -= Math.max(0, count);
        if (left < 0) {
            throw new StreamConstraintsException("A row is longer than any user");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}

package io.usher.transfer;

import io.usher.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The text of a file. Bytes that are no UTF-8 become lone surrogates, which no UTF-8 has and no value may have: they fail the row that they
 * stand in, and not the file.
 */
final class FileText {
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private FileText() {}

    /** The text after the byte order mark, if there is one. */
    static Reader of(InputStream file) {
        PushbackReader text = new PushbackReader(new BufferedReader(
                new InputStreamReader(
                        file,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                                .replaceWith("\uD800")),
                BUFFER));
        try {
            int first = text.read();
            if (first >= 0 && first != BYTE_ORDER_MARK) {
                text.unread(first);
            }
            return text;
        } catch (IOException e) {
            throw incomplete();
        }
    }

    /** Whoever sends it has gone, or is too slow. */
    static ProblemException incomplete() {
        return ProblemException.invalid("", "incomplete", "The file could not be read to its end.");
    }
}

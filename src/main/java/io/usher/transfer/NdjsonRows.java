package io.usher.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Rows of an object a line. Lines are told apart before they are read, so that a bad one does not take others with it. */
final class NdjsonRows extends FileRows {
    private final Reader text;
    private long line;
    private boolean ended;

    NdjsonRows(Reader text) {
        this.text = text;
    }

    @Override
    @Nullable
    FileRow next() throws IOException {
        while (!ended) {
            StringBuilder content = new StringBuilder();
            boolean whole = readLine(content);
            line++;
            if (!whole) {
                return FileRow.tooLong(line);
            }
            if (!content.toString().isBlank()) {
                return row(content.toString());
            }
        }
        return null;
    }

    private FileRow row(String content) throws IOException {
        try {
            return FileRow.of(line, UserJson.LINE.readTree(content));
        } catch (JsonProcessingException e) {
            return FileRow.bad(line, "", "malformed", "is not one JSON object");
        }
    }

    private boolean readLine(StringBuilder content) throws IOException {
        boolean whole = true;
        int next = text.read();
        for (; next >= 0 && next != '\n'; next = text.read()) {
            whole = content.length() < MAX_ROW;
            if (whole) {
                content.append((char) next);
            }
        }
        ended = next < 0;
        return whole;
    }
}

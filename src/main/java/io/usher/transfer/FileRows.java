package io.usher.transfer;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other; blocks while the file comes in. */
abstract sealed class FileRows permits CsvRows, JsonRows, NdjsonRows {
    /** The most characters of a row, above all that a user can take. What is made of a row takes up to forty times its size of memory. */
    static final int MAX_ROW = 1 << 18;

    /** @throws io.usher.problem.ProblemException where the file has no beginning that could be read */
    static FileRows of(FileFormat format, Reader text) throws IOException {
        return switch (format) {
            case CSV -> new CsvRows(text);
            case JSON -> new JsonRows(text);
            case NDJSON -> new NdjsonRows(text);
        };
    }

    /** The next row; null where the file has ended. */
    abstract @Nullable FileRow next() throws IOException;
}

package io.usher.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.usher.user.FileUser;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes users as the bytes of a file, a few at a time. */
final class UserWriter {
    private final FileFormat format;
    private final List<Column> columns;
    private final ObjectMapper json;
    private boolean begun;
    private boolean empty = true;

    /** @param hashes whether the file has a column for password hashes */
    UserWriter(FileFormat format, boolean hashes, ObjectMapper json) {
        this.format = format;
        this.columns = hashes ? Column.ALL : Column.WITHOUT_HASH;
        this.json = json;
    }

    /** The next users; the first ones have the beginning of the file before them. */
    byte[] users(List<FileUser> users) {
        String text = format == FileFormat.CSV ? csv(users) : json(users);
        begun = true;
        return bytes(text);
    }

    /** The end of the file: without it, a file of JSON is none. A file without users has its beginning here. */
    byte[] tail() {
        String head = begun ? "" : new String(users(List.of()), StandardCharsets.UTF_8);
        return bytes(head + (format != FileFormat.JSON ? "" : empty ? "[]\n" : "\n]\n"));
    }

    private String csv(List<FileUser> users) {
        StringWriter lines = new StringWriter();
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(lines)) {
            if (!begun) {
                csv.writeRecord(columns.stream().map(Column::name).toList());
            }
            users.forEach(user -> csv.writeRecord(cells(user)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines.toString();
    }

    private String json(List<FileUser> users) {
        StringBuilder text = new StringBuilder();
        users.forEach(user -> object(user, text));
        return text.toString();
    }

    private void object(FileUser user, StringBuilder text) {
        if (format == FileFormat.JSON) {
            text.append(empty ? "[\n" : ",\n");
        }
        empty = false;
        text.append(json(user)).append(format == FileFormat.NDJSON ? "\n" : "");
    }

    private String[] cells(FileUser user) {
        String[] cells = new String[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = Cells.of(columns.get(i).value(user));
        }
        return cells;
    }

    private String json(FileUser user) {
        try {
            return json.writeValueAsString(user);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A user is a record of JSON values", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

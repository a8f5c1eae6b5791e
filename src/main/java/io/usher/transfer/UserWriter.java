package io.usher.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.usher.user.FileUser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes users as the bytes of a file, a few at a time. */
final class UserWriter {
    private static final byte[] NOTHING = {};
    private static final int USUAL_BYTES = 800;

    private final FileFormat format;
    private final List<Column> columns;
    private final ObjectWriter json;
    private boolean begun;

    /** @param hashes whether the file has a column for password hashes */
    UserWriter(FileFormat format, boolean hashes, ObjectMapper json) {
        this.format = format;
        this.columns = hashes ? Column.ALL : Column.WITHOUT_HASH;
        this.json = json.writer()
                .without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                .withRootValueSeparator(format == FileFormat.NDJSON ? "\n" : ",\n");
    }

    /** The next users; the first ones have the beginning of the file before them. */
    byte[] users(List<FileUser> users) {
        return format == FileFormat.CSV ? utf8(csv(users)) : json(users);
    }

    /** The end of the file: without it, a file of JSON is none. A file without users has its beginning here. */
    byte[] tail() {
        return switch (format) {
            case CSV -> begun ? NOTHING : users(List.of());
            case JSON -> utf8(begun ? "\n]\n" : "[]\n");
            case NDJSON -> NOTHING;
        };
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
        begun = true;
        return lines.toString();
    }

    private byte[] json(List<FileUser> users) {
        if (users.isEmpty()) {
            return NOTHING;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(users.size() * USUAL_BYTES);
        bytes.writeBytes(utf8(format == FileFormat.NDJSON ? "" : begun ? ",\n" : "[\n"));
        try (SequenceWriter values = json.writeValues(bytes)) {
            values.writeAll(users);
        } catch (IOException e) {
            throw new IllegalStateException("A user is a record of JSON values", e);
        }
        bytes.writeBytes(utf8(format == FileFormat.NDJSON ? "\n" : ""));
        begun = true;
        return bytes.toByteArray();
    }

    private String[] cells(FileUser user) {
        String[] cells = new String[columns.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = Cells.of(columns.get(i).value(user));
        }
        return cells;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

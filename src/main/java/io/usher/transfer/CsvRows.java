package io.usher.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import io.usher.problem.Failures;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import io.usher.web.Text;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of CSV (RFC 4180), with LF, CRLF or CR, and columns in any order, by the names in the first line. */
final class CsvRows extends FileRows {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MOST_NAMED = 100;

    /** How long a row may be that is only passed over. */
    private static final int MAX_PASSED_OVER = 16 * MAX_ROW;

    private final Iterator<CsvRecord> records;
    private final List<Column> columns;
    private final QuoteWatch quotes;
    private long line;
    private long brokenAt;
    private boolean ended;

    CsvRows(Reader text) {
        this.quotes = new QuoteWatch(text);
        this.records = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .maxBufferSize(MAX_PASSED_OVER)
                .build(
                        CsvRecordHandler.builder()
                                .maxFieldSize(MAX_PASSED_OVER)
                                .maxRecordSize(MAX_PASSED_OVER)
                                .build(),
                        quotes)
                .iterator();
        this.columns = columns();
    }

    private List<Column> columns() {
        CsvRecord header = record();
        if (header == null) {
            throw ProblemException.invalid(
                    "email", "required", "The first line must name the columns, email among them.");
        }
        List<FieldError> errors = new ArrayList<>();
        List<Column> named = new ArrayList<>();
        Set<Column> seen = new HashSet<>();
        for (String name : header.getFields()) {
            Column column = Column.named(name);
            if (column == null) {
                errors.add(new FieldError(Text.printable(name, 200), "unknown", "is not a column of this file"));
            } else if (seen.add(column)) {
                named.add(column);
            } else {
                errors.add(new FieldError(column.field(), "repeated", "must be there once"));
            }
        }
        if (seen.stream().noneMatch(column -> column.field().equals("email"))) {
            errors.add(new FieldError("email", "required", "The first line must name the columns, email among them."));
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors.stream().limit(MOST_NAMED).toList());
        }
        return named;
    }

    @Override
    @Nullable
    FileRow next() {
        CsvRecord record = record();
        if (record == null) {
            return brokenAt == 0 ? null : brokenOnce();
        }
        if (quotes.isMalformed(record.getStartingLineNumber())) {
            return FileRow.bad(
                    record.getStartingLineNumber(),
                    "",
                    "malformed",
                    "has text between a closing quote and the next comma");
        }
        int cells = record.getFieldCount();
        if (cells != columns.size()) {
            return FileRow.bad(
                    record.getStartingLineNumber(),
                    "",
                    "columns",
                    "has " + cells + " cells where the first line has " + columns.size());
        }
        ObjectNode user = NODES.objectNode();
        int size = 0;
        for (int i = 0; i < cells; i++) {
            size += record.getField(i).length();
            if (size > MAX_ROW) {
                return FileRow.tooLong(record.getStartingLineNumber());
            }
            user.set(columns.get(i).field(), value(columns.get(i), record.getField(i)));
        }
        return FileRow.of(record.getStartingLineNumber(), user);
    }

    private FileRow brokenOnce() {
        FileRow row = FileRow.unreadable(brokenAt);
        brokenAt = 0;
        return row;
    }

    /** The next record; null where there is none, or none that can be read: the parser would answer the same for ever then. */
    private @Nullable CsvRecord record() {
        if (ended) {
            return null;
        }
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord record = records.next();
            line = record.getStartingLineNumber();
            return quotes.areOpenAtEnd() && !records.hasNext() ? breakOff(line) : record;
        } catch (UncheckedIOException e) {
            throw FileText.incomplete();
        } catch (CsvParseException e) {
            ProblemException known = e.getCause() == null ? null : Failures.toProblem(e.getCause());
            if (known != null) {
                throw known;
            }
            return breakOff(line + 1);
        }
    }

    private @Nullable CsvRecord breakOff(long at) {
        ended = true;
        brokenAt = at;
        return null;
    }

    private static JsonNode value(Column column, String cell) {
        String text = Cells.restored(cell);
        if (text.isBlank()) {
            return NODES.nullNode();
        }
        if (column.type() == List.class) {
            return Cells.array(text);
        }
        return column.type() == Boolean.class ? truth(text) : NODES.textNode(text);
    }

    /** As spreadsheets write it, too, and PostgreSQL: TRUE, 1, t. */
    private static JsonNode truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "t" -> NODES.booleanNode(true);
            case "false", "0", "f" -> NODES.booleanNode(false);
            default -> NODES.textNode(text);
        };
    }
}

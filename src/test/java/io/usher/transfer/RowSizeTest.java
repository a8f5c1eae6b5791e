package io.usher.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.problem.FieldError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that would take more memory than any user: nothing is made of them. */
class RowSizeTest {
    /** All that a user can take, each character written as an escape sequence. */
    private static final int LARGEST = 150_000;

    private long read;

    @Test
    void anElementOfAnArrayEndsTheReading() throws IOException {
        String endless = IntStream.range(0, 1_000_000)
                .mapToObj(i -> "\"a" + i + "\":0")
                .collect(Collectors.joining(",", "{", "}"));

        List<FileRow> rows =
                rows(FileFormat.JSON, "[{\"email\":\"a\"},\n{\"email\":\"b\"},\n" + endless + ",{\"email\":\"c\"}]");

        assertThat(rows).extracting(FileRow::line).containsExactly(1L, 2L, 3L);
        assertThat(error(rows.get(2)))
                .isEqualTo(new FieldError("", "size", "is longer than any user, and nothing after it was read"));
        assertThat(read).isLessThan(2 * FileRows.MAX_ROW);
    }

    @Test
    void soDoesOneTextOrNothingAtAll() throws IOException {
        for (String endless : List.of(
                "\"" + "x".repeat(30_000_000),
                "{\"" + "x".repeat(40_000) + "\":[\"" + "x".repeat(FileRows.MAX_ROW) + "\"]}",
                " ".repeat(30_000_000))) {
            read = 0;

            List<FileRow> rows = rows(FileFormat.JSON, "[" + endless);

            assertThat(rows)
                    .singleElement()
                    .extracting(RowSizeTest::error)
                    .extracting(FieldError::code)
                    .isEqualTo("size");
            assertThat(read).isLessThan(2 * FileRows.MAX_ROW);
        }
    }

    @Test
    void aLineIsPassedOver() throws IOException {
        List<FileRow> rows = rows(FileFormat.NDJSON, "{\"a\":[" + "{},".repeat(1_000_000) + "{}]}\n{\"email\":\"c\"}");

        assertThat(error(rows.get(0))).isEqualTo(new FieldError("", "size", "is longer than any user"));
        assertThat(rows.get(1).line()).isEqualTo(2);
        assertThat(rows.get(1).error()).isNull();
    }

    /** A list in a cell becomes a value for each of its elements. */
    @Test
    void aRecordIsPassedOverBeforeItsCellsAreTakenApart() throws IOException {
        String list = "a;".repeat(FileRows.MAX_ROW / 4);

        List<FileRow> rows = rows(FileFormat.CSV, "email,roles,notes\na," + list + "," + list + "a\nb,x,y\n");

        assertThat(rows).extracting(FileRow::line).containsExactly(2L, 3L);
        assertThat(error(rows.get(0))).isEqualTo(new FieldError("", "size", "is longer than any user"));
        assertThat(rows.get(1).error()).isNull();
    }

    @Test
    void aRecordOfMoreThanCanBePassedOverEndsTheReading() throws IOException {
        for (String endless : List.of("x".repeat(30_000_000), "x,".repeat(1_000_000))) {
            read = 0;

            List<FileRow> rows = rows(FileFormat.CSV, "email,notes\na," + endless + "\nb,\n");

            assertThat(rows)
                    .singleElement()
                    .satisfies(row -> assertThat(error(row).message()).contains("nothing after it was read"));
            assertThat(read).isLessThan(10_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLargestUserIsRead(FileFormat format) throws IOException {
        String notes = "x".repeat(LARGEST);
        String object = "{\"notes\":\"" + notes + "\"}";
        String file =
                switch (format) {
                    case CSV -> "email,notes\n" + ("a," + notes + "\n").repeat(5);
                    case JSON -> "[" + (object + ",\n").repeat(4) + object + "]";
                    case NDJSON -> (object + "\n").repeat(5);
                };

        List<FileRow> rows = rows(format, file);

        assertThat(rows).hasSize(5).extracting(FileRow::error).containsOnlyNulls();
    }

    private List<FileRow> rows(FileFormat format, String file) throws IOException {
        FileRows rows = FileRows.of(format, counted(file));
        List<FileRow> all = new ArrayList<>();
        for (FileRow row = rows.next(); row != null; row = rows.next()) {
            all.add(row);
        }
        return all;
    }

    private Reader counted(String file) {
        return new BufferedReader(new StringReader(file)) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                read += count;
                return count;
            }
        };
    }

    private static FieldError error(FileRow row) {
        return Objects.requireNonNull(row.error());
    }
}

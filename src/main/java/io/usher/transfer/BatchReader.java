package io.usher.transfer;

import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import io.usher.user.FileUser;
import io.usher.user.ImportedUser;
import io.usher.user.UserImportService.Rules;
import io.usher.web.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a file a batch at a time, and sorts out what cannot be written. For one thread at a time. */
final class BatchReader {
    private static final int ROWS = 5_000;

    /** No more of the file goes into a batch: 5,000 users may have 25,000 characters each, and of an import two or three batches are in memory. */
    private static final int BYTES = 8 << 20;

    private record Line(long number, ImportedUser user) {}

    private final CountedStream file;
    private final FileFormat format;
    private final StrictJson json;
    private final Rules rules;
    private final Seen seen = new Seen();
    private @Nullable FileRows rows;
    private boolean over;

    BatchReader(InputStream file, FileFormat format, StrictJson json, Rules rules) {
        this.file = new CountedStream(file);
        this.format = format;
        this.json = json;
        this.rules = rules;
    }

    /** The next rows; blocks while they come in. None once the rest was taken in: then nobody waits for them. */
    synchronized ImportBatch next() {
        if (over) {
            return new ImportBatch(0, List.of(), List.of(), 0, List.of(), true);
        }
        List<Line> good = new ArrayList<>();
        List<RowError> errors = new ArrayList<>();
        int total = 0;
        FileRow row = null;
        long end = file.count() + BYTES;
        try {
            if (rows == null) {
                rows = FileRows.of(format, FileText.of(file));
            }
            while (total < ROWS && file.count() < end && (row = rows.next()) != null) {
                total++;
                ImportedUser user = user(row, errors);
                if (user != null) {
                    good.add(new Line(row.line(), user));
                }
            }
        } catch (IOException e) {
            throw FileText.incomplete();
        }
        good.sort(Comparator.comparing(line -> line.user().email()));
        List<ImportedUser> users =
                good.stream().map(line -> line.user().identified()).toList();
        List<Long> lines = good.stream().map(Line::number).toList();
        return new ImportBatch(total, users, lines, total - users.size(), errors, row == null);
    }

    /** Takes the rest in: many clients look for an answer only once they have sent everything. */
    synchronized void drain() {
        over = true;
        try {
            file.transferTo(OutputStream.nullOutputStream());
        } catch (IOException | ProblemException e) {
            // There is nobody left to answer, or too much to wait for.
        }
    }

    private @Nullable ImportedUser user(FileRow row, List<RowError> errors) {
        List<FieldError> faults = new ArrayList<>();
        ImportedUser user = row.error() == null ? bound(row, faults) : null;
        if (row.error() != null) {
            faults.add(row.error());
        }
        for (int i = 0; i < faults.size() && errors.size() < ImportReport.MOST_ERRORS; i++) {
            errors.add(RowError.of(row.line(), faults.get(i)));
        }
        return user;
    }

    private @Nullable ImportedUser bound(FileRow row, List<FieldError> faults) {
        try {
            FileUser user = json.bind(Objects.requireNonNull(row.user()), FileUser.class);
            ImportedUser imported = rules.apply(user, faults);
            return imported != null && isFirst(imported, faults) ? imported : null;
        } catch (ProblemException e) {
            faults.addAll(e.errors());
            return null;
        }
    }

    /** Of what is there twice, only the first counts; bad rows do not count. */
    private boolean isFirst(ImportedUser user, List<FieldError> faults) {
        String username = user.file().username();
        if (!seen.add('e', user.email())) {
            faults.add(new FieldError("email", "duplicate", "stands in the file before"));
        } else if (username != null && !seen.add('u', username.toLowerCase(Locale.ROOT))) {
            faults.add(new FieldError("username", "duplicate", "stands in the file before"));
        } else if (user.id() != null && !seen.add('i', user.id().toString())) {
            faults.add(new FieldError("id", "duplicate", "stands in the file before"));
        }
        return faults.isEmpty();
    }
}

package io.usher.transfer;

import io.usher.user.ImportedUser;
import java.util.List;

/**
 * Rows that are written at once.
 *
 * @param users sorted by email, each with its id
 * @param total how many rows were read for it, bad ones included
 * @param lines where the users stand
 * @param failed how many of the rows are bad
 * @param errors why, as many as a report shows
 * @param last whether the file ends with it
 */
record ImportBatch(
        int total, List<ImportedUser> users, List<Long> lines, int failed, List<RowError> errors, boolean last) {}

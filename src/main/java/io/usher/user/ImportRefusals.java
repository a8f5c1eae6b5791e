package io.usher.user;

import io.usher.problem.FieldError;
import io.usher.security.Caller;
import io.usher.user.UserImportService.OnConflict;
import io.usher.user.UserImportService.Outcome;
import io.usher.user.UserImportService.State;
import io.vertx.mutiny.sqlclient.Row;

/** Why a row of a file was not written, by what {@link ImportSql#conflicts} found. */
final class ImportRefusals {
    private ImportRefusals() {}

    static Outcome of(Caller caller, ImportedUser user, Row row, OnConflict mode) {
        if (row.getBoolean("email_taken")) {
            return taken(caller, user, row, mode);
        }
        if (row.getBoolean("username_taken")) {
            return failed("username", "username_taken", "is another user's");
        }
        return row.getBoolean("id_taken")
                ? failed("id", "conflict", "is another user's")
                : failed("email", "conflict", "was taken for a moment: try again");
    }

    private static Outcome taken(Caller caller, ImportedUser user, Row row, OnConflict mode) {
        FieldError error = new FieldError("email", "email_taken", "is the address of another account");
        if (mode != OnConflict.UPDATE) {
            return new Outcome(State.SKIPPED, null, error);
        }
        if (!row.getBoolean("in_scope")) {
            return new Outcome(State.FAILED, null, error);
        }
        if (row.getBoolean("super_admin") || (row.getBoolean("admin") && !ImportRules.mayChangeAdmins(caller))) {
            return failed("email", "forbidden", "is an admin's, which this import cannot change");
        }
        if (row.getBoolean("anonymized")) {
            return failed("email", "conflict", "is an anonymised user's, to whom nothing is written any more");
        }
        if (row.getBoolean("has_roles") && user.file().has("roles") && !caller.isSuperAdmin()) {
            return failed("roles", "forbidden", "is for super admins to write, and this user has some");
        }
        return row.getBoolean("username_taken")
                ? failed("username", "username_taken", "is another user's")
                : failed("email", "conflict", "was taken for a moment: try again");
    }

    private static Outcome failed(String field, String code, String message) {
        return new Outcome(State.FAILED, null, new FieldError(field, code, message));
    }
}

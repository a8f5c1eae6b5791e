package io.usher.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.user.UserExportService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Writes the users in a caller's scope into files, while these are sent. */
@ApplicationScoped
public class ExportService {
    /** So many batches are read while a worker thread makes bytes of the one before: each is a few milliseconds of work. */
    private static final int BATCHES_AHEAD = 2;

    private final UserExportService users;
    private final AuditService audit;
    private final ObjectMapper json;

    @Inject
    ExportService(UserExportService users, AuditService audit, ObjectMapper json) {
        this.users = users;
        this.audit = audit;
        this.json = json;
    }

    /** The bytes of a file. Fails with {@code forbidden} where the caller may not have password hashes. */
    Multi<byte[]> export(Caller caller, ExportParameters.Asked asked) {
        if (asked.hashes() && (!caller.isSuperAdmin() || caller.apiKey() != null)) {
            throw ProblemException.of(
                    ProblemCode.FORBIDDEN, "Only a super admin in a session can export password hashes.");
        }
        return audit.record(event(asked)).onItem().transformToMulti(recorded -> file(caller, asked));
    }

    private Multi<byte[]> file(Caller caller, ExportParameters.Asked asked) {
        UserWriter writer = new UserWriter(asked.format(), asked.hashes(), json);
        return users.read(caller, asked.selection(), asked.hashes())
                .emitOn(Infrastructure.getDefaultExecutor(), BATCHES_AHEAD)
                .map(writer::users)
                .onCompletion()
                .continueWith(() -> List.of(writer.tail()))
                .filter(bytes -> bytes.length > 0);
    }

    private static AuditEvent event(ExportParameters.Asked asked) {
        return new AuditEvent(
                AuditAction.USER_EXPORT, null, asked.hashes() ? "users, with hashes" : "users", AuditChanges.NONE);
    }
}

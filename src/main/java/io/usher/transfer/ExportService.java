package io.usher.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.user.FileUser;
import io.usher.user.UserExportService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Writes the users in a caller's scope into files, while these are sent. */
@ApplicationScoped
public class ExportService {
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
                .onItem()
                .transformToUniAndConcatenate(batch -> written(writer, batch))
                .onCompletion()
                .continueWith(() -> List.of(writer.tail()))
                .filter(bytes -> bytes.length > 0);
    }

    private static AuditEvent event(ExportParameters.Asked asked) {
        return new AuditEvent(
                AuditAction.USER_EXPORT, null, asked.hashes() ? "users, with hashes" : "users", AuditChanges.NONE);
    }

    /** On a worker thread: text for a few hundred users is a few milliseconds of work. */
    private static Uni<byte[]> written(UserWriter writer, List<FileUser> batch) {
        return Uni.createFrom().item(() -> writer.users(batch)).runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }
}

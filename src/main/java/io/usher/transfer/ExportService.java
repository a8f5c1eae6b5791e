package io.usher.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
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
    private final ObjectMapper json;

    @Inject
    ExportService(UserExportService users, ObjectMapper json) {
        this.users = users;
        this.json = json;
    }

    /** The bytes of a file. Fails with {@code forbidden} where the caller may not have password hashes. */
    Multi<byte[]> export(Caller caller, ExportParameters.Asked asked) {
        if (asked.hashes() && (!caller.isSuperAdmin() || caller.apiKey() != null)) {
            throw ProblemException.of(
                    ProblemCode.FORBIDDEN, "Only a super admin in a session can export password hashes.");
        }
        UserWriter writer = new UserWriter(asked.format(), asked.hashes(), json);
        return users.read(caller, asked.selection(), asked.hashes())
                .onItem()
                .transformToUniAndConcatenate(batch -> written(writer, batch))
                .onCompletion()
                .continueWith(() -> List.of(writer.tail()))
                .filter(bytes -> bytes.length > 0);
    }

    /** On a worker thread: text for a few hundred users is a few milliseconds of work. */
    private static Uni<byte[]> written(UserWriter writer, List<FileUser> batch) {
        return Uni.createFrom().item(() -> writer.users(batch)).runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }
}

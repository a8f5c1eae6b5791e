package io.usher.user;

import io.usher.persistence.Ids;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user of a file that has passed every rule, as it is written.
 *
 * @param id its own, of the file; null where it gets one by {@link #identified}
 * @param status of the file, or what its {@code isActive} says; null where it says nothing
 * @param deletedAt of the file, or now where it says that the user is deleted
 * @param passwordHash in the form that is verified here
 * @param roles custom ones that there are
 */
public record ImportedUser(
        @Nullable UUID id,
        @Nullable UserStatus status,
        @Nullable Instant deletedAt,
        @Nullable String passwordHash,
        List<String> roles,
        FileUser file) {

    public String email() {
        return file.email();
    }

    /** The same with an id: a new one where it has none. */
    public ImportedUser identified() {
        return id == null ? new ImportedUser(Ids.next(), status, deletedAt, passwordHash, roles, file) : this;
    }

    /** Without anything personal: records end up in logs. */
    @Override
    public String toString() {
        return "ImportedUser[" + id + "]";
    }
}

package io.usher.user;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One merge for many users.
 *
 * @param ids ids or V1 ids; one that is there twice counts once
 * @param changes what PATCH takes, but for what only one user can have, or prove
 */
@Schema(name = "BulkUpdate")
@OneEach({"email", "username", "currentPassword"})
record BulkUpdate(
        @NotNull @Size(min = 1, max = MAX) List<@Size(max = 1000) String> ids,

        @NotNull
        @Schema(description = "As in PATCH /api/users/{userId}; email, username and currentPassword are refused")
        UserFields changes) {
    static final int MAX = 10_000;

    /**
     * What became of it.
     *
     * @param updated how many users are now as the changes say, those included that were so before
     * @param notFound the ids of no user in the caller's scope, as they were given
     */
    @Schema(name = "BulkUpdated")
    record Result(@Schema(examples = "2") int updated, List<String> notFound) {}
}

package io.usher.migration;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A V1 file as the OpenAPI document describes it: {@link V1Reader} reads it user by user. */
@Schema(name = "V1Migration")
record V1Migration(
        @NotNull @Size(max = V1Migration.MAX_USERS) List<V1User> users) {
    /** The most users of a file. */
    static final int MAX_USERS = 10_000;
}

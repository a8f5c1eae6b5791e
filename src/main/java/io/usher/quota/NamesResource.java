package io.usher.quota;

import org.jspecify.annotations.Nullable;

/** A body that names a resource, which has to be a configured one. */
public interface NamesResource {
    /** The property of the body. */
    default String resourceField() {
        return "resource";
    }

    /** The resource; null where none is named. */
    @Nullable
    String resourceName();
}

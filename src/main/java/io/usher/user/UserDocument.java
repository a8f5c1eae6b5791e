package io.usher.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.usher.web.VersionTag;
import org.jspecify.annotations.Nullable;

/**
 * A view as it goes out, and as it stands in the cache: written once, with its tag before it, so that answering from the cache reads no
 * JSON.
 */
record UserDocument(VersionTag tag, String json) {
    private static final char SEPARATOR = '\n';

    /** The view that this caller gets: admin fields are for admins. */
    static UserDocument of(AdminUserView view, boolean forAdmin, ObjectMapper mapper) {
        try {
            return new UserDocument(view.tag(), mapper.writeValueAsString(forAdmin ? view : view.user()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A view is always JSON", e);
        }
    }

    String cached() {
        return tag.version() + "-" + tag.hash() + SEPARATOR + json;
    }

    /** Null where the text is not of our making, such as that of an older release. */
    static @Nullable UserDocument ofCached(@Nullable String cached) {
        int end = cached == null ? -1 : cached.indexOf(SEPARATOR);
        int dash = cached == null ? -1 : cached.indexOf('-');
        if (cached == null || dash < 1 || end < dash) {
            return null;
        }
        try {
            VersionTag tag = new VersionTag(Long.parseLong(cached.substring(0, dash)), cached.substring(dash + 1, end));
            return new UserDocument(tag, cached.substring(end + 1));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}

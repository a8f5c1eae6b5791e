package io.usher.transfer;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How users stand in a file. */
public enum FileFormat {
    /** RFC 4180: a header, then a line for each user; cells of columns in snake case. */
    CSV("text/csv"),
    /** One array of objects. */
    JSON("application/json"),
    /** An object in each line. */
    NDJSON("application/x-ndjson");

    private final String mediaType;

    FileFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** What goes into {@code Content-Type}: all of them are UTF-8, which only CSV has to be told. */
    String contentType() {
        return this == CSV ? "text/csv; charset=utf-8; header=present" : mediaType;
    }

    String fileName() {
        return "users." + name().toLowerCase(Locale.ROOT);
    }

    /** The format of a media type, whatever its parameters; null where it is none of them. */
    static @Nullable FileFormat of(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(format -> format.mediaType.equals(type))
                .findFirst()
                .orElse(null);
    }
}

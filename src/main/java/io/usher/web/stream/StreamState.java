package io.usher.web.stream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a stream is about, as it is at one moment.
 *
 * @param id a digest of the content: whoever has seen a state knows it again, on whichever replica
 * @param json one event's data
 * @param last whether nothing will come after it
 */
public record StreamState(String id, String json, boolean last) {
    private static final int ID_BYTES = 8;

    /** A state that others may follow. */
    public static StreamState of(String json) {
        return new StreamState(digest(json), json, false);
    }

    /** The state that ends the stream. */
    public static StreamState last(String json) {
        return new StreamState(digest(json), json, true);
    }

    private static String digest(String json) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

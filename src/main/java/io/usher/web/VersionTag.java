package io.usher.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ETag of a view: its row's version, and a hash of the parts that change without the version (times of last use, balances). A
 * client that sends it back as {@code If-Match} is held to the version only ({@link ExpectedVersion}), as {@code If-None-Match} to both.
 */
public record VersionTag(long version, String hash) {
    private static final int HASH_BYTES = 9;

    /** The tag of a version with the parts that change without it, in a fixed order. */
    public static VersionTag of(long version, @Nullable Object... parts) {
        byte[] digest = sha256().digest(Arrays.toString(parts).getBytes(StandardCharsets.UTF_8));
        return new VersionTag(
                version, Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASH_BYTES)));
    }

    /** The value of the {@code ETag} header, quotes included. */
    public String header() {
        return "\"" + version + "-" + hash + "\"";
    }

    /** Whether the client has this very view: {@code If-None-Match} names it (weak comparison, RFC 9110 13.1.2), or is {@code *}. */
    public boolean isKnownBy(@Nullable String ifNoneMatch) {
        if (ifNoneMatch == null) {
            return false;
        }
        String own = header();
        return ifNoneMatch.strip().equals("*")
                || EntityTags.parse(ifNoneMatch).stream().anyMatch(tag -> Objects.equals(tag, own));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

package io.usher.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * A script that Redis runs as one step.
 *
 * @param source Lua
 * @param sha1 the name under which Redis keeps it
 */
public record LuaScript(String source, String sha1) {
    /** A script made of the files of these names under {@code lua/}, one after the other. */
    public static LuaScript ofFiles(String... names) {
        return ofSource(Arrays.stream(names).map(LuaScript::read).collect(Collectors.joining("\n")));
    }

    /** A script of this text. */
    public static LuaScript ofSource(String source) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return new LuaScript(source, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static String read(String name) {
        try (InputStream resource = LuaScript.class.getResourceAsStream("/lua/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("The resource lua/" + name + " is missing from the package");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The resource lua/" + name + " cannot be read", e);
        }
    }
}

package io.usher.security;

import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from.
 *
 * @param ip the peer's address, or the one a trusted proxy names
 * @param userAgent its User-Agent, cut to 512 printable characters
 */
public record Client(String ip, @Nullable String userAgent) {}

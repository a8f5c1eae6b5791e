package io.usher.ratelimit;

/**
 * A limit with the name under which clients see it.
 *
 * @param name letters, digits and {@code -} only: it stands in a header as it is
 */
public record Policy(String name, Limit limit) {}

package io.usher.ratelimit;

/**
 * What a limit says to one request; times in milliseconds.
 *
 * @param remaining how many more would be allowed now
 * @param reset until the window ends
 * @param retry until the same request would be allowed, if nothing else came; 0 where it is allowed
 */
public record Decision(boolean allowed, long remaining, long reset, long retry) {}

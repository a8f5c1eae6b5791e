package io.usher.web;

/**
 * An operation whose body may be larger than that of others. A feature that has one produces this as a bean, reads the body as a stream, and
 * does so on a worker thread. What Quarkus itself admits ({@code quarkus.http.limits.max-body-size}) has to be as much.
 *
 * @param path of the operation, without parameters
 * @param max in bytes
 */
public record LargeBody(String path, long max) {}

package io.usher.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record whose properties older systems write in snake case: {@link StrictJson} reads {@code start_day} as well as
 * {@code startDay}, but not both in one object. Faults are named in camel case either way. It holds for the record alone: those nested in
 * it are marked themselves, and the keys of maps and documents are data.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SnakeCaseToo {}

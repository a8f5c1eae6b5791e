package io.usher.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the {@code Set<String>} component of a merge record that {@link StrictJson} fills with the names of the properties the body had:
 * absent means unchanged, present with null means cleared. Not a property of the JSON itself.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface PresentFields {}

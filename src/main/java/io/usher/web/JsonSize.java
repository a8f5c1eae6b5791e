package io.usher.web;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A JSON document of the client's own that is at most so large, as JSON in UTF-8 with its numbers written out. Null passes. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = JsonSize.Validator.class)
public @interface JsonSize {
    /** In bytes. */
    int max() default 64 * 1024;

    String message() default "must not have more than {max} bytes as JSON";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Measures it. */
    class Validator implements ConstraintValidator<JsonSize, JsonNode> {
        private int max;

        @Override
        public void initialize(JsonSize constraint) {
            max = constraint.max();
        }

        @Override
        public boolean isValid(@Nullable JsonNode value, ConstraintValidatorContext context) {
            return value == null
                    || value.toString().getBytes(StandardCharsets.UTF_8).length + JsonNumbers.writtenOut(value) <= max;
        }
    }
}

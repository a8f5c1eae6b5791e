package io.usher.user;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;

/** On a {@link BulkUpdate}: these fields of a user cannot be set for many at once. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = OneEach.Check.class)
@interface OneEach {
    /** The fields. */
    String[] value();

    String message() default "cannot be set for many users at once";

    String code() default "not_for_many";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks it. */
    class Check implements ConstraintValidator<OneEach, BulkUpdate> {
        private String[] fields = {};

        @Override
        public void initialize(OneEach constraint) {
            fields = constraint.value();
        }

        @Override
        public boolean isValid(BulkUpdate body, ConstraintValidatorContext context) {
            UserFields changes = body.changes();
            String[] refused = changes == null
                    ? new String[0]
                    : Arrays.stream(fields).filter(changes::has).toArray(String[]::new);
            context.disableDefaultConstraintViolation();
            for (String field : refused) {
                context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                        .addPropertyNode("changes")
                        .addPropertyNode(field)
                        .addConstraintViolation();
            }
            return refused.length == 0;
        }
    }
}

package io.usher.web;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;

/** On a {@link MergeBody}: these properties may be absent, but not null. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = NotCleared.Check.class)
public @interface NotCleared {
    /** The properties. */
    String[] value();

    String message() default "cannot be cleared";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Checks it. */
    class Check implements ConstraintValidator<NotCleared, MergeBody> {
        private Set<String> fields = Set.of();

        @Override
        public void initialize(NotCleared constraint) {
            fields = Set.of(constraint.value());
        }

        @Override
        public boolean isValid(MergeBody body, ConstraintValidatorContext context) {
            Set<String> cleared = body.cleared();
            context.disableDefaultConstraintViolation();
            fields.stream().filter(cleared::contains).forEach(field -> context.buildConstraintViolationWithTemplate(
                            context.getDefaultConstraintMessageTemplate())
                    .addPropertyNode(field)
                    .addConstraintViolation());
            return fields.stream().noneMatch(cleared::contains);
        }
    }
}

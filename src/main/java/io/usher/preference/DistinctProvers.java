package io.usher.preference;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Provers of which no two have the same id; each further one is named. Null passes. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = DistinctProvers.Check.class)
@interface DistinctProvers {
    String message() default "must not be the proverId of another prover";

    /** Of the field error. */
    String code() default "unique";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Compares. */
    class Check implements ConstraintValidator<DistinctProvers, List<Prover>> {
        @Override
        public boolean isValid(@Nullable List<Prover> provers, ConstraintValidatorContext context) {
            Set<String> seen = new HashSet<>();
            boolean distinct = true;
            context.disableDefaultConstraintViolation();
            for (int i = 0; provers != null && i < provers.size(); i++) {
                if (!seen.add(provers.get(i).proverId())) {
                    distinct = false;
                    context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                            .addPropertyNode("proverId")
                            .inIterable()
                            .atIndex(i)
                            .addConstraintViolation();
                }
            }
            return distinct;
        }
    }
}

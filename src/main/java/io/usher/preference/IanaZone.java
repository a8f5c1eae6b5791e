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
import java.time.ZoneId;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The id of a zone of the IANA time zone database, spelled as there. What Java takes beyond that ({@code UTC+5}) is none. Null passes. */
@Documented
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = IanaZone.Check.class)
@interface IanaZone {
    String message() default "must be an IANA time zone such as America/New_York";

    /** Of the field error. */
    String code() default "format";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    /** Looks it up. */
    class Check implements ConstraintValidator<IanaZone, String> {
        /** Java's own additions begin with {@code SystemV/}; the three of the database that it leaves out are added. */
        private static final Set<String> ZONES = Stream.concat(
                        ZoneId.getAvailableZoneIds().stream().filter(id -> !id.startsWith("SystemV/")),
                        Stream.of("EST", "HST", "MST"))
                .collect(Collectors.toUnmodifiableSet());

        @Override
        public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
            return value == null || ZONES.contains(value);
        }
    }
}

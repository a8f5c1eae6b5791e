package io.usher.web;

import io.usher.problem.FieldError;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.hibernate.validator.constraints.UniqueElements;

/** Turns Bean Validation's violations into field errors. */
final class Violations {
    private static final Map<Class<? extends Annotation>, String> CODES = Map.ofEntries(
            Map.entry(NotNull.class, "required"),
            Map.entry(NotBlank.class, "required"),
            Map.entry(NotEmpty.class, "required"),
            Map.entry(Size.class, "size"),
            Map.entry(JsonSize.class, "size"),
            Map.entry(Pattern.class, "format"),
            Map.entry(EmailAddress.class, "format"),
            Map.entry(Username.class, "format"),
            Map.entry(NotCleared.class, "not_null"),
            Map.entry(Min.class, "range"),
            Map.entry(Max.class, "range"),
            Map.entry(DecimalMin.class, "range"),
            Map.entry(DecimalMax.class, "range"),
            Map.entry(Future.class, "range"),
            Map.entry(UniqueElements.class, "unique"),
            Map.entry(Positive.class, "range"),
            Map.entry(PositiveOrZero.class, "range"));

    private Violations() {}

    /** Adds the violations, in a stable order, of fields that are not at fault already. */
    static <T> void addTo(FieldErrors errors, String path, Set<ConstraintViolation<T>> violations) {
        violations.stream()
                .filter(violation -> !isOfWhatWasLeftOut(errors, path, violation))
                .map(violation -> toFieldError(path, violation))
                .filter(error -> !errors.has(error.field()))
                .sorted(Comparator.comparing(FieldError::field)
                        .thenComparing(FieldError::code)
                        .thenComparing(FieldError::message))
                .toList()
                .forEach(error -> errors.add(error.field(), error.code(), error.message()));
    }

    /** A list is empty where its elements were all at fault, of which each was named. */
    private static boolean isOfWhatWasLeftOut(FieldErrors errors, String path, ConstraintViolation<?> violation) {
        return violation.getInvalidValue() instanceof Collection<?> list
                && list.isEmpty()
                && errors.hasWithin(field(path, violation.getPropertyPath()));
    }

    private static FieldError toFieldError(String path, ConstraintViolation<?> violation) {
        return new FieldError(
                field(path, violation.getPropertyPath()),
                code(violation.getConstraintDescriptor()),
                violation.getMessage());
    }

    /** What the constraint itself says as its {@code code()}, else what is said of it here. */
    private static String code(ConstraintDescriptor<?> constraint) {
        if (constraint.getAttributes().get("code") instanceof String own) {
            return own;
        }
        Class<? extends Annotation> type = constraint.getAnnotation().annotationType();
        return CODES.getOrDefault(type, type.getSimpleName().toLowerCase(Locale.ROOT));
    }

    /** The field as the client wrote it: {@code emails[3]}, {@code quotas.image.limit}. */
    private static String field(String path, Path violated) {
        StringBuilder field = new StringBuilder(path);
        for (Path.Node node : violated) {
            if (node.getIndex() != null) {
                field.append('[').append(node.getIndex()).append(']');
            } else if (node.getKey() != null) {
                field.append('.').append(node.getKey());
            }
            if (node.getKind() != ElementKind.CONTAINER_ELEMENT && node.getName() != null) {
                field.append(field.isEmpty() ? "" : ".").append(node.getName());
            }
        }
        return Text.printable(field.toString(), 200);
    }
}

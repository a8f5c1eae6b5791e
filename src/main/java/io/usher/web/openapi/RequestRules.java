package io.usher.web.openapi;

import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import io.usher.web.NotCleared;
import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.hibernate.validator.constraints.UniqueElements;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.RecordComponentInfo;

/** What {@link io.usher.web.StrictJson} refuses in records that it reads, as schemas say it. */
final class RequestRules {
    private static final List<DotName> REQUIRED = Stream.of(NotNull.class, NotBlank.class, NotEmpty.class)
            .map(DotName::createSimple)
            .toList();
    private static final DotName NOT_CLEARED = DotName.createSimple(NotCleared.class);
    private static final DotName SNAKE_CASE_TOO = DotName.createSimple(SnakeCaseToo.class);
    private static final DotName EMAIL_ADDRESS = DotName.createSimple(EmailAddress.class);
    private static final DotName NOT_BLANK = DotName.createSimple(NotBlank.class);
    private static final DotName UNIQUE = DotName.createSimple(UniqueElements.class);
    private static final String NOT_ONLY_SPACE = "\\S";

    private RequestRules() {}

    /** Null is as good as absent, but for what must be there, and what a merge cannot clear. */
    static boolean takesNull(RecordComponentInfo component) {
        return REQUIRED.stream().noneMatch(name -> has(component, name)) && !isNotCleared(component);
    }

    /** Adds to a component's property what the extension does not read of its constraints; what cannot be cleared cannot be blank, either. */
    static void addTo(Schema schema, RecordComponentInfo component) {
        Schema property = schema.getProperties().get(component.name());
        if (property == null) {
            return;
        }
        if (has(component, EMAIL_ADDRESS)) {
            property.format("email").maxLength(Emails.MAX_LENGTH);
        }
        if (has(component, NOT_BLANK) && !NOT_ONLY_SPACE.equals(property.getPattern())) {
            property.minLength(1);
        }
        if (has(component, UNIQUE)) {
            property.uniqueItems(true);
        }
        if (isNotCleared(component) && isText(property) && property.getFormat() == null) {
            property.pattern(NOT_ONLY_SPACE);
        }
    }

    /** Other properties are refused, but for the second spelling of those that there are. */
    static void close(Schema schema, ClassInfo type) {
        if (schema.getAdditionalPropertiesSchema() == null) {
            schema.setAdditionalPropertiesSchema(OASFactory.createSchema().booleanSchema(false));
            if (type.hasDeclaredAnnotation(SNAKE_CASE_TOO)) {
                schema.addPatternProperty("_", OASFactory.createSchema());
            }
        }
    }

    /** Bean Validation's patterns are for the whole text, those of schemas for any part of it. */
    static void anchorPattern(Schema schema) {
        String pattern = schema.getPattern();
        if (pattern != null && !pattern.startsWith("^") && !pattern.equals(NOT_ONLY_SPACE)) {
            schema.setPattern("^(?:" + pattern + ")$");
        }
    }

    private static boolean isText(Schema property) {
        return property.getType() != null && property.getType().contains(SchemaType.STRING);
    }

    private static boolean isNotCleared(RecordComponentInfo component) {
        AnnotationInstance notCleared = component.declaringClass().declaredAnnotation(NOT_CLEARED);
        return notCleared != null && List.of(notCleared.value().asStringArray()).contains(component.name());
    }

    private static boolean has(RecordComponentInfo component, DotName annotation) {
        return component.declaringClass().field(component.name()).hasDeclaredAnnotation(annotation);
    }
}

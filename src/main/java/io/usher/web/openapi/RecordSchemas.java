package io.usher.web.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.usher.web.OpenProperties;
import io.usher.web.PresentFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/**
 * Says of every record's schema what the record says and the extension does not read: which properties can be null, that views always have
 * all of theirs, what requests may not have, and their order.
 */
final class RecordSchemas {
    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName UNWRAPPED = DotName.createSimple(JsonUnwrapped.class);
    private static final DotName INCLUDE = DotName.createSimple(JsonInclude.class);
    private static final DotName PRESENT_FIELDS = DotName.createSimple(PresentFields.class);
    private static final DotName OPEN_PROPERTIES = DotName.createSimple(OpenProperties.class);
    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);

    private final IndexView index;
    private final Map<String, ClassInfo> records = new TreeMap<>();

    RecordSchemas(IndexView index) {
        this.index = index;
        index.getKnownClasses().stream()
                .filter(type -> type.isRecord() && type.name().toString().startsWith("io.usher."))
                .forEach(type -> records.put(schemaName(type), type));
    }

    void complete(OpenAPI document) {
        InputSchemas.separate(document, name -> record(name) != null)
                .forEach(name -> records.put(name + InputSchemas.SUFFIX, records.get(name)));
        SchemaUse use = new SchemaUse(document);
        Set<String> views = use.answered();
        Set<String> sent = use.sent();
        document.getComponents().getSchemas().forEach((name, schema) -> {
            ClassInfo type = record(name);
            if (type == null || schema.getProperties() == null) {
                return;
            }
            List<RecordComponentInfo> components = components(type);
            if (sent.contains(name)) {
                components.forEach(component -> RequestRules.addTo(schema, component));
                complete(schema, components, RequestRules::takesNull);
                RequestRules.close(schema, type);
            } else {
                complete(schema, components, RecordSchemas::isNullable);
            }
            if (views.contains(name)) {
                requireAll(schema, components);
            }
        });
        sent.forEach(name -> SchemaUse.walk(use.schema(name), RequestRules::anchorPattern));
    }

    private static void complete(
            Schema schema, List<RecordComponentInfo> components, Predicate<RecordComponentInfo> nullable) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        for (RecordComponentInfo component : components) {
            Schema property = schema.getProperties().get(component.name());
            if (isPresentFields(component)) {
                schema.removeProperty(component.name());
            } else if (isOpen(component) && property != null) {
                schema.removeProperty(component.name());
                schema.setAdditionalPropertiesSchema(property.getAdditionalPropertiesSchema());
            } else if (property != null) {
                properties.put(component.name(), nullable.test(component) ? nullable(property) : property);
            }
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach(properties::putIfAbsent);
        }
        schema.setProperties(properties);
    }

    private static void requireAll(Schema view, List<RecordComponentInfo> components) {
        view.setRequired(components.stream()
                .filter(component -> view.getProperties().containsKey(component.name()) && !isLeftOut(component))
                .map(RecordComponentInfo::name)
                .toList());
    }

    private static Schema nullable(Schema property) {
        if (property.getRef() != null || property.getType() == null) {
            return OASFactory.createSchema()
                    .addAnyOf(property)
                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
        }
        if (!property.getType().contains(SchemaType.NULL)) {
            property.addType(SchemaType.NULL);
        }
        return property;
    }

    private static boolean isPresentFields(RecordComponentInfo component) {
        return component.declaringClass().field(component.name()).hasAnnotation(PRESENT_FIELDS);
    }

    private static boolean isOpen(RecordComponentInfo component) {
        return component.declaringClass().field(component.name()).hasAnnotation(OPEN_PROPERTIES);
    }

    private static boolean isNullable(RecordComponentInfo component) {
        return component.type().hasAnnotation(NULLABLE) && !isLeftOut(component);
    }

    /** Whether the property is absent rather than null. */
    private static boolean isLeftOut(RecordComponentInfo component) {
        ClassInfo type = component.declaringClass();
        return include(type.declaredAnnotation(INCLUDE))
                || include(type.field(component.name()).annotation(INCLUDE));
    }

    private static boolean include(@Nullable AnnotationInstance annotation) {
        return annotation != null
                && annotation.value() != null
                && annotation.value().asEnum().startsWith("NON_");
    }

    /** The components, those of unwrapped records in place of the record. */
    private List<RecordComponentInfo> components(ClassInfo type) {
        List<RecordComponentInfo> components = new ArrayList<>();
        for (RecordComponentInfo component : type.recordComponentsInDeclarationOrder()) {
            ClassInfo inner = index.getClassByName(component.type().name());
            if (inner != null
                    && inner.isRecord()
                    && type.field(component.name()).hasAnnotation(UNWRAPPED)) {
                components.addAll(components(inner));
            } else {
                components.add(component);
            }
        }
        return components;
    }

    /** The record of a schema: by its name, or a generic one by the name that begins it ({@code PageUser} is a {@code Page}). */
    private @Nullable ClassInfo record(String schemaName) {
        ClassInfo exact = records.get(schemaName);
        if (exact != null) {
            return exact;
        }
        return records.entrySet().stream()
                .filter(entry -> !entry.getValue().typeParameters().isEmpty() && schemaName.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static String schemaName(ClassInfo type) {
        AnnotationInstance schema = type.declaredAnnotation(SCHEMA);
        return schema != null && schema.value("name") != null
                ? schema.value("name").asString()
                : type.simpleName();
    }
}

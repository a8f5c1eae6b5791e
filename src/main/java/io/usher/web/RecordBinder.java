package io.usher.web;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.usher.problem.FieldError;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds a JSON tree to records, component by component, and goes on after an error so that every one is found. */
final class RecordBinder {
    private final List<FieldError> errors;

    RecordBinder(List<FieldError> errors) {
        this.errors = errors;
    }

    <T extends Record> @Nullable T bindRoot(JsonNode value, Class<T> type) {
        if (!value.isObject()) {
            errors.add(new FieldError("", "type", "The body must be a JSON object."));
            return null;
        }
        return type.cast(record(value, type, ""));
    }

    private @Nullable Object record(JsonNode value, Class<?> type, String path) {
        if (!value.isObject()) {
            return fail(path, "type", "must be an object");
        }
        RecordComponent[] components = type.getRecordComponents();
        Set<String> known = new HashSet<>();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            if (component.isAnnotationPresent(PresentFields.class)) {
                arguments[i] = names(value);
                continue;
            }
            known.add(component.getName());
            JsonNode property = value.get(component.getName());
            arguments[i] = property == null || property.isNull()
                    ? null
                    : value(property, component.getGenericType(), join(path, component.getName()));
        }
        value.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fail(join(path, name), "unknown", "is not a property of this object");
            }
        });
        return construct(type, components, arguments);
    }

    private @Nullable Object value(JsonNode value, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? list(value, generic.getActualTypeArguments()[0], path)
                    : map(value, generic.getActualTypeArguments()[1], path);
        }
        Class<?> raw = (Class<?>) type;
        if (JsonNode.class.isAssignableFrom(raw)) {
            return tree(value, raw, path);
        }
        if (raw.isRecord()) {
            return record(value, raw, path);
        }
        return raw == Integer.class || raw == Long.class
                ? integer(value, raw, path)
                : raw == Boolean.class ? bool(value, path) : text(value, raw, path);
    }

    private @Nullable Object list(JsonNode value, Type element, String path) {
        if (!value.isArray()) {
            return fail(path, "type", "must be an array");
        }
        List<@Nullable Object> items = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            String at = path + "[" + i + "]";
            items.add(value.get(i).isNull() ? fail(at, "not_null", "must not be null") : value(value.get(i), element, at));
        }
        return items;
    }

    private @Nullable Object map(JsonNode value, Type element, String path) {
        if (!value.isObject()) {
            return fail(path, "type", "must be an object");
        }
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        value.properties().forEach(entry -> {
            String at = join(path, entry.getKey());
            entries.put(
                    entry.getKey(),
                    entry.getValue().isNull() ? fail(at, "not_null", "must not be null") : value(entry.getValue(), element, at));
        });
        return entries;
    }

    private @Nullable Object tree(JsonNode value, Class<?> raw, String path) {
        if (!raw.isInstance(value)) {
            return fail(path, "type", "must be an object");
        }
        return isStorable(value) ? value : fail(path, "characters", "must not contain NUL or a lone surrogate");
    }

    private static boolean isStorable(JsonNode value) {
        if (value.isTextual()) {
            return Text.isStorable(value.textValue());
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!Text.isStorable(entry.getKey()) || !isStorable(entry.getValue())) {
                return false;
            }
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (!isStorable(element)) {
                    return false;
                }
            }
        }
        return true;
    }

    private @Nullable Object integer(JsonNode value, Class<?> raw, String path) {
        if (!value.isIntegralNumber()) {
            return fail(path, "type", "must be a whole number");
        }
        boolean fits = raw == Integer.class ? value.canConvertToInt() : value.canConvertToLong();
        if (!fits) {
            return fail(path, "range", "is out of range");
        }
        return raw == Integer.class ? (Object) value.intValue() : (Object) value.longValue();
    }

    private @Nullable Object bool(JsonNode value, String path) {
        return value.isBoolean() ? value.booleanValue() : fail(path, "type", "must be true or false");
    }

    private @Nullable Object text(JsonNode value, Class<?> raw, String path) {
        if (!value.isTextual()) {
            return fail(path, "type", "must be a text");
        }
        return parse(value.textValue(), raw, path);
    }

    /** Reads a text as the type of a component or of a query parameter: String, Instant, UUID or an enum. */
    @Nullable Object parse(String text, Class<?> raw, String path) {
        if (!Text.isStorable(text)) {
            return fail(path, "characters", "must not contain NUL or a lone surrogate");
        }
        if (raw == String.class) {
            return text;
        }
        if (raw.isEnum()) {
            return enumConstant(text, raw, path);
        }
        try {
            if (raw == UUID.class) {
                UUID id = UUID.fromString(text);
                return id.toString().equalsIgnoreCase(text) ? id : fail(path, "format", "must be a UUID");
            }
            if (raw == Instant.class) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            String expected = raw == UUID.class ? "must be a UUID" : "must be an ISO 8601 time such as 2026-11-20T20:15:30Z";
            return fail(path, "format", expected);
        }
        throw new IllegalStateException("No binding for " + raw);
    }

    private @Nullable Object enumConstant(String text, Class<?> raw, String path) {
        List<String> allowed = new ArrayList<>();
        for (Object constant : raw.getEnumConstants()) {
            String wire = wireName(constant);
            if (wire.equals(text)) {
                return constant;
            }
            allowed.add(wire);
        }
        return fail(path, "enum", "must be one of " + String.join(", ", allowed));
    }

    /** An enum constant as it stands on the wire: its {@code @JsonValue}, else its name in lower case. */
    static String wireName(Object constant) {
        for (Method method : constant.getClass().getMethods()) {
            if (method.isAnnotationPresent(JsonValue.class)) {
                return String.valueOf(invoke(() -> method.invoke(constant)));
            }
        }
        return constant.toString().toLowerCase(java.util.Locale.ROOT);
    }

    private Object construct(Class<?> type, RecordComponent[] components, @Nullable Object[] arguments) {
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return invoke(() -> {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        });
    }

    private @Nullable Object fail(String path, String code, String message) {
        errors.add(new FieldError(Text.printable(path, 200), code, message));
        return null;
    }

    private static Set<String> names(JsonNode value) {
        Set<String> names = new HashSet<>();
        value.fieldNames().forEachRemaining(names::add);
        return Set.copyOf(names);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private interface Reflective {
        Object call() throws ReflectiveOperationException;
    }

    private static Object invoke(Reflective call) {
        try {
            return call.call();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException runtime ? runtime : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

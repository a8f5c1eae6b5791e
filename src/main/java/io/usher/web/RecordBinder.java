package io.usher.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.usher.problem.FieldError;
import io.usher.web.RecordShape.Component;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Size;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds a JSON tree to records, component by component, and goes on after a fault so that every one is found. Each record, nested ones
 * too, is validated as soon as it is made.
 */
final class RecordBinder {
    private final Validator validator;
    /** More than any map of the contract has, whose names are those of configured things. */
    private static final int MAX_ENTRIES = 1000;

    private static final int MAX_KEY = 200;

    private final List<BodyRule> rules;
    private final FieldErrors errors;

    RecordBinder(Validator validator, List<BodyRule> rules, FieldErrors errors) {
        this.validator = validator;
        this.rules = rules;
        this.errors = errors;
    }

    <T extends Record> @Nullable T bindRoot(JsonNode value, Class<T> type) {
        if (!value.isObject()) {
            errors.add("", "type", "The body must be a JSON object.");
            return null;
        }
        return type.cast(record(value, type, ""));
    }

    <T extends Record> @Nullable T bindOnly(String property, Map<String, JsonNode> body, Class<T> type) {
        body.keySet().stream().filter(name -> !name.equals(property)).forEach(this::unknown);
        JsonNode value = body.get(property);
        if (value == null) {
            errors.add(property, "required", "must not be null");
            return null;
        }
        return type.cast(record(value, type, property));
    }

    private @Nullable Object record(JsonNode value, Class<?> type, String path) {
        if (!value.isObject()) {
            return errors.add(path, "type", "must be an object");
        }
        RecordShape shape = RecordShape.of(type);
        @Nullable Object[] arguments = new Object[shape.components().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = component(value, shape, shape.components().get(i), path);
        }
        unknownOf(value, shape, path);
        Record bound = (Record) shape.construct(arguments);
        if (!errors.isFull()) {
            Violations.addTo(errors, path, validator.validate(bound));
            check(bound, path);
        }
        return bound;
    }

    private void unknownOf(JsonNode value, RecordShape shape, String path) {
        Iterator<String> names = shape.isOpen() ? Collections.emptyIterator() : value.fieldNames();
        while (names.hasNext() && !errors.isFull()) {
            String name = names.next();
            if (!shape.properties().containsKey(name)) {
                unknown(join(path, name));
            }
        }
    }

    private void check(Record bound, String path) {
        List<FieldError> faults = new ArrayList<>(bound instanceof SelfChecked self ? self.faults() : List.of());
        rules.forEach(rule -> faults.addAll(rule.faults(bound)));
        faults.removeIf(fault -> errors.has(join(path, fault.field())));
        faults.forEach(fault -> errors.add(join(path, fault.field()), fault.code(), fault.message()));
    }

    private void unknown(String path) {
        errors.add(path, "unknown", "is not a property of this object");
    }

    private @Nullable Object component(JsonNode value, RecordShape shape, Component component, String path) {
        if (component.presentFields()) {
            return names(value, shape);
        }
        if (component.open()) {
            return value(value, component.type(), path);
        }
        String at = join(path, component.name());
        JsonNode property = property(value, component, at);
        if (property == null || property.isNull() || isTooLong(property, component.size(), at)) {
            return null;
        }
        return value(property, component.type(), at);
    }

    /**
     * Looked at before the elements: Hibernate Validator keeps a violation of each in a set whose hashes collide, so a megabyte of elements at fault
     * would take minutes of a core.
     */
    private boolean isTooLong(JsonNode value, @Nullable Size size, String path) {
        if (size == null || !value.isArray() || value.size() <= size.max()) {
            return false;
        }
        errors.add(path, "size", "size must be between " + size.min() + " and " + size.max());
        return true;
    }

    private @Nullable JsonNode property(JsonNode value, Component component, String path) {
        JsonNode property = value.get(component.name());
        JsonNode other = component.alias().equals(component.name()) ? null : value.get(component.alias());
        if (property != null && other != null) {
            errors.add(path, "repeated", "must be there once: it is there as " + component.alias() + " as well");
            return null;
        }
        return property == null ? other : property;
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
        return raw.isRecord() ? record(value, raw, path) : Scalars.json(value, raw, path, errors);
    }

    private @Nullable Object list(JsonNode value, Type element, String path) {
        if (!value.isArray()) {
            return errors.add(path, "type", "must be an array");
        }
        List<Object> items = new ArrayList<>(value.size());
        for (int i = 0; i < value.size() && !errors.isFull(); i++) {
            Object item = element(value.get(i), element, path + "[" + i + "]");
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    private @Nullable Object map(JsonNode value, Type element, String path) {
        if (!value.isObject()) {
            return errors.add(path, "type", "must be an object");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        if (value.size() > MAX_ENTRIES) {
            errors.add(path, "size", "must not have more than " + MAX_ENTRIES + " properties");
            return entries;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            String at = join(path, entry.getKey());
            if (entry.getKey().length() > MAX_KEY) {
                errors.add(at, "size", "must be a name of at most " + MAX_KEY + " characters");
                continue;
            }
            if (!Text.isStorable(entry.getKey())) {
                errors.add(at, "characters", "must not contain NUL or a lone surrogate");
            }
            Object bound = element(entry.getValue(), element, at);
            if (bound != null) {
                entries.put(entry.getKey(), bound);
            }
        }
        return entries;
    }

    /** An element at fault is left out, so that a record's constructor never meets a null that no JSON can bring. */
    private @Nullable Object element(JsonNode value, Type type, String path) {
        return value.isNull() ? errors.add(path, "not_null", "must not be null") : value(value, type, path);
    }

    private @Nullable Object tree(JsonNode value, Class<?> raw, String path) {
        if (!raw.isInstance(value)) {
            return errors.add(path, "type", "must be an object");
        }
        if (!JsonNumbers.areOrdinary(value)) {
            return errors.add(path, "range", "must not hold a number beyond those of a double");
        }
        return isStorable(value) ? value : errors.add(path, "characters", "must not contain NUL or a lone surrogate");
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

    private static Set<String> names(JsonNode value, RecordShape shape) {
        Set<String> names = new HashSet<>();
        value.fieldNames().forEachRemaining(name -> names.add(shape.properties().getOrDefault(name, name)));
        return Set.copyOf(names);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}

package io.usher.web;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record type as the binder sees it, looked up once.
 *
 * @param properties the names that its JSON may have
 */
record RecordShape(Constructor<?> constructor, List<Component> components, Set<String> properties) {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return inspect(type);
        }
    };

    /**
     * @param presentFields whether it holds the names of the properties that were there, instead of one of them
     * @param open whether it holds all properties, whatever their names
     */
    record Component(String name, Type type, boolean presentFields, boolean open) {}

    /** Whether any property may be there. */
    boolean isOpen() {
        return components.stream().anyMatch(Component::open);
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    Object construct(@Nullable Object[] arguments) {
        return Reflection.call(() -> constructor.newInstance(arguments));
    }

    private static RecordShape inspect(Class<?> type) {
        RecordComponent[] declared = type.getRecordComponents();
        List<Component> components =
                Arrays.stream(declared).map(RecordShape::component).toList();
        Class<?>[] types = Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = (Constructor<?>) Reflection.call(() -> type.getDeclaredConstructor(types));
        constructor.setAccessible(true);
        Set<String> properties = components.stream()
                .filter(component -> !component.presentFields() && !component.open())
                .map(Component::name)
                .collect(Collectors.toUnmodifiableSet());
        return new RecordShape(constructor, components, properties);
    }

    private static Component component(RecordComponent component) {
        return new Component(
                component.getName(),
                component.getGenericType(),
                component.isAnnotationPresent(PresentFields.class),
                component.isAnnotationPresent(OpenProperties.class));
    }
}

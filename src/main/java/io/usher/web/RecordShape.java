package io.usher.web;

import jakarta.validation.constraints.Size;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A record type as the binder sees it, looked up once.
 *
 * @param properties the names that its JSON may have, each with the name of the component that it is read into
 */
record RecordShape(Constructor<?> constructor, List<Component> components, Map<String, String> properties) {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return inspect(type);
        }
    };

    /**
     * @param alias its other name ({@link SnakeCaseToo}); the name itself where it has no other
     * @param presentFields whether it holds the names of the properties that were there, instead of one of them
     * @param open whether it holds all properties, whatever their names
     * @param size how many elements it may have, where it is a list; null where nothing says so
     */
    record Component(
            String name,
            String alias,
            Type type,
            boolean presentFields,
            boolean open,
            @Nullable Size size) {}

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
        boolean snakeCaseToo = type.isAnnotationPresent(SnakeCaseToo.class);
        Class<?>[] types = Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = (Constructor<?>) Reflection.call(() -> type.getDeclaredConstructor(types));
        List<Component> components = IntStream.range(0, declared.length)
                .mapToObj(i -> component(declared[i], constructor.getParameters()[i], snakeCaseToo))
                .toList();
        constructor.setAccessible(true);
        return new RecordShape(constructor, components, properties(components));
    }

    private static Map<String, String> properties(List<Component> components) {
        Map<String, String> properties = new HashMap<>();
        components.stream()
                .filter(component -> !component.presentFields() && !component.open())
                .forEach(component -> {
                    properties.put(component.name(), component.name());
                    properties.put(component.alias(), component.name());
                });
        return Map.copyOf(properties);
    }

    private static Component component(RecordComponent component, Parameter parameter, boolean snakeCaseToo) {
        return new Component(
                component.getName(),
                snakeCaseToo ? snakeCase(component.getName()) : component.getName(),
                component.getGenericType(),
                component.isAnnotationPresent(PresentFields.class),
                component.isAnnotationPresent(OpenProperties.class),
                component.getType() == List.class ? parameter.getAnnotation(Size.class) : null);
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}

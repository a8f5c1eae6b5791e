package io.usher.web;

import java.lang.reflect.InvocationTargetException;

/** Calls by reflection that throw what the called code threw. */
final class Reflection {
    interface Call {
        Object call() throws ReflectiveOperationException;
    }

    private Reflection() {}

    static Object call(Call call) {
        try {
            return call.call();
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException runtime ? runtime : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

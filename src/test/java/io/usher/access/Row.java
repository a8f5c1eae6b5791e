package io.usher.access;

import io.usher.testing.Http;
import io.usher.testing.OpenApi;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of the matrix.
 *
 * @param operation method and path template, as in the OpenAPI document
 * @param name what distinguishes this row from another of the same operation; else empty
 * @param query what stands behind the path, such as {@code ?permanent=true}; else empty
 * @param rights what each actor is answered
 * @param keyRights what each actor's API key is answered that has the scope
 * @param arrange what has to be there before the call
 * @param body a valid body for the scene; null for none
 * @param contentType the body's media type
 */
record Row(
        String operation,
        String name,
        String query,
        Rights rights,
        Rights keyRights,
        Consumer<Scene> arrange,
        @Nullable Function<Scene, Map<String, ?>> body,
        String contentType) {

    static Row of(String operation, Rights rights) {
        return new Row(operation, "", "", rights, rights, scene -> {}, null, "application/json");
    }

    Row query(String text) {
        return new Row(operation, text, text, rights, keyRights, arrange, body, contentType);
    }

    Row named(String text) {
        return new Row(operation, text, query, rights, keyRights, arrange, body, contentType);
    }

    Row arrange(Consumer<Scene> before) {
        return new Row(operation, name, query, rights, keyRights, before, body, contentType);
    }

    /** For what keys may do beyond what their owners may in a session. */
    Row keys(Rights ofKeys) {
        return new Row(operation, name, query, rights, ofKeys, arrange, body, contentType);
    }

    Row body(Function<Scene, Map<String, ?>> valid) {
        return new Row(operation, name, query, rights, keyRights, arrange, valid, contentType);
    }

    Row form(Function<Scene, Map<String, ?>> valid) {
        return new Row(operation, name, query, rights, keyRights, arrange, valid, "application/x-www-form-urlencoded");
    }

    /** The call that a scene makes. */
    Http.Call call(OpenApi.Operation of, Scene scene) {
        Http.Call call = callByNobody(of, scene);
        return scene.caller() == null ? call : call.as(scene.callerOrTarget());
    }

    /** The same without a credential. */
    Http.Call callByNobody(OpenApi.Operation of, Scene scene) {
        Http.Call call = Http.call(of.method(), path(of, scene)).header("Content-Type", contentType);
        if (body == null) {
            return call;
        }
        return contentType.endsWith("json") ? call.json(body.apply(scene)) : call.form(body.apply(scene));
    }

    /** The path of a scene, with the query. */
    String path(OpenApi.Operation of, Scene scene) {
        return of.path().fill(scene.path()) + query;
    }

    @Override
    public String toString() {
        return name.isEmpty() ? operation : operation + " [" + name + "]";
    }
}

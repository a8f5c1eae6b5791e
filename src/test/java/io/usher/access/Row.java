package io.usher.access;

import io.restassured.specification.RequestSpecification;
import io.usher.testing.Actors;
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

    /** The request that a scene makes. */
    RequestSpecification request(Scene scene) {
        return request(scene, scene.caller() == null ? Actors.anonymous() : Actors.as(scene.callerOrTarget()));
    }

    /** The same, with a credential of another kind. */
    RequestSpecification request(Scene scene, RequestSpecification request) {
        request.contentType(contentType);
        if (body != null && contentType.endsWith("json")) {
            request.body(body.apply(scene));
        } else if (body != null) {
            request.formParams(body.apply(scene));
        }
        return request;
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

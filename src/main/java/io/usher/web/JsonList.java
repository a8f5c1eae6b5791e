package io.usher.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body that is one long list, {@code {"users": […]}}, element by element, so that it never stands in memory as a whole. As strict as
 * {@link StrictJson} about everything around the elements; what is in them is up to the reader of each.
 */
public final class JsonList {
    private final JsonParser parser;
    private final FieldErrors errors = new FieldErrors();
    private boolean found;

    private JsonList(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Hands over each element, in their order; blocks while the body comes in.
     *
     * @param property the only property that there is
     * @param max the most elements that are read
     * @throws ProblemException {@code malformed_json} or {@code validation_failed}, perhaps after elements were handed over: what is made of
     *     them must not have an effect before this returns
     */
    public static void read(InputStream body, String property, int max, Consumer<JsonNode> element) {
        try {
            try (JsonParser parser = StrictJson.parser(body)) {
                parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
                new JsonList(parser).read(property, max, element);
            } catch (JsonProcessingException e) {
                body.transferTo(OutputStream.nullOutputStream()); // clients look for an answer once they have sent all
                throw ProblemException.of(ProblemCode.MALFORMED_JSON, StrictJson.describe(e));
            }
        } catch (IOException e) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, "The body could not be read to its end.");
        }
    }

    private void read(String property, int max, Consumer<JsonNode> element) throws IOException {
        JsonToken start = parser.nextToken();
        if (start == null || start == JsonToken.START_OBJECT) {
            properties(start == null ? null : parser.nextFieldName(), property, max, element);
        } else {
            errors.add("", "type", "The body must be a JSON object.");
            parser.skipChildren();
        }
        if (parser.nextToken() != null) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, "There is something after the body's end.");
        }
        errors.throwIfAny();
    }

    /** @param first the first property; null where there is none, nor perhaps a body */
    private void properties(@Nullable String first, String property, int max, Consumer<JsonNode> element)
            throws IOException {
        for (String name = first; name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals(property)) {
                found = true;
                list(value, property, max, element);
            } else {
                errors.add(name, "unknown", "is not a property of this object");
                parser.skipChildren();
            }
        }
        if (!found) {
            errors.add(property, "required", "must not be null");
        }
    }

    private void list(@Nullable JsonToken value, String property, int max, Consumer<JsonNode> element)
            throws IOException {
        if (value != JsonToken.START_ARRAY) {
            boolean missing = value == JsonToken.VALUE_NULL;
            errors.add(property, missing ? "required" : "type", missing ? "must not be null" : "must be an array");
            parser.skipChildren();
            return;
        }
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode read = StrictJson.element(parser);
            if (++count <= max) {
                element.accept(read);
            }
        }
        if (count > max) {
            errors.add(property, "size", "must not have more than " + max + " elements");
        }
    }
}

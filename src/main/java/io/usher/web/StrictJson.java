package io.usher.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.arc.All;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads a request body into a record, strictly: unknown properties, wrong types and broken constraints are collected, and one problem
 * names them all. Jackson's own binding stops at the first.
 */
@Singleton
public class StrictJson {
    /** Deeper nesting than any document of the contract needs; bounds the stack. */
    static final int MAX_DEPTH = 64;

    private static final ObjectReader TREE = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    /** For a value that is followed by others. */
    static final ObjectReader ELEMENT = TREE.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Validator validator;
    private final List<BodyRule> rules;

    @Inject
    StrictJson(Validator validator, @All List<BodyRule> rules) {
        this.validator = validator;
        this.rules = rules;
    }

    /**
     * Parses and binds one JSON value.
     *
     * @throws ProblemException {@code malformed_json} where the text is not one JSON value, {@code validation_failed} with every field at
     *     fault
     */
    public <T extends Record> T read(byte[] body, Class<T> type) {
        return bind(parse(body), type);
    }

    /** Binds a value that was parsed before; problems as {@link #read}. */
    public <T extends Record> T bind(JsonNode value, Class<T> type) {
        FieldErrors errors = new FieldErrors();
        T bound = new RecordBinder(validator, rules, errors).bindRoot(value, type);
        errors.throwIfAny();
        return Objects.requireNonNull(bound);
    }

    /**
     * Binds an object whose only property, which must be there, is a record: for bodies whose type follows from the path. Problems as
     * {@link #read}.
     *
     * @param body the whole, as {@link OpenProperties} takes it
     */
    public <T extends Record> T bindOnly(String property, Map<String, JsonNode> body, Class<T> type) {
        FieldErrors errors = new FieldErrors();
        T bound = new RecordBinder(validator, rules, errors).bindOnly(property, body, type);
        errors.throwIfAny();
        return Objects.requireNonNull(bound);
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode value = TREE.readValue(body);
            if (value == null || value.isMissingNode()) {
                throw ProblemException.of(ProblemCode.MALFORMED_JSON, "The body is empty; a JSON object is expected.");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, describe(e));
        } catch (NumberFormatException e) {
            throw ProblemException.of(
                    ProblemCode.MALFORMED_JSON, "A number has an exponent beyond all that can be read.");
        } catch (IOException e) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, "The body could not be read to its end.");
        }
    }

    static String describe(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        String what = e.getOriginalMessage().startsWith("Duplicate field")
                ? "A property is there twice"
                : e instanceof com.fasterxml.jackson.core.exc.StreamConstraintsException
                        ? "The document nests deeper than " + MAX_DEPTH
                                + " levels, or holds a number or text that is too long"
                        : "The body is not well-formed JSON in UTF-8";
        return what + where + ".";
    }
}

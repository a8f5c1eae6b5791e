package io.usher.web;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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
import java.io.InputStream;
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

    /**
     * As long as the longest double without an exponent, 5e-324. What is longer costs Java 17 a division by ten of all its digits for each zero at its
     * end.
     */
    static final int MAX_NUMBER = 350;

    private static final ObjectReader WHOLE = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    /** For a value that is followed by others. */
    private static final ObjectReader ELEMENT = WHOLE.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
        try (JsonParser parser = WHOLE.createParser(body)) {
            JsonNode value = tree(WHOLE, parser);
            if (value == null || value.isMissingNode()) {
                throw ProblemException.of(ProblemCode.MALFORMED_JSON, "The body is empty; a JSON object is expected.");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, describe(e));
        } catch (IOException e) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, "The body could not be read to its end.");
        }
    }

    /** For a body that is read piece by piece. */
    static JsonParser parser(InputStream body) throws IOException {
        return ELEMENT.createParser(body);
    }

    /** Reads the value that the parser is at, which may be followed by others. */
    static JsonNode element(JsonParser parser) throws IOException {
        return tree(ELEMENT, parser);
    }

    /** Jackson lets out what BigDecimal says of exponents; here it is as malformed as what Jackson itself does not read. */
    private static JsonNode tree(ObjectReader reader, JsonParser parser) throws IOException {
        try {
            return reader.readTree(parser);
        } catch (NumberFormatException e) {
            throw new JsonParseException(parser, "Exponent beyond range", e);
        }
    }

    static String describe(JsonProcessingException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return what(e) + where + ".";
    }

    private static String what(JsonProcessingException e) {
        if (e.getCause() instanceof NumberFormatException) {
            return "A number has an exponent beyond all that can be read";
        }
        if (e instanceof StreamConstraintsException) {
            return "The document nests deeper than " + MAX_DEPTH
                    + " levels, or holds a number or text that is too long";
        }
        return e.getOriginalMessage().startsWith("Duplicate field")
                ? "A property is there twice"
                : "The body is not well-formed JSON in UTF-8";
    }
}

package io.usher.fieldwork;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;
import org.erdtman.jcs.NumberToJSON;

/**
 * The SHA-256 of a document's canonical form (RFC 8785), which neither white space, nor the order of properties, nor the spelling of
 * numbers and texts changes.
 *
 * <p>RFC 8785 knows the numbers of IEEE 754 doubles only. Numbers with a point or an exponent are rounded to the nearest one, as every
 * reader of JSON does it. What is written as a whole number is an id more often than not, and two of them that come to one double would be
 * one content: those that a double does not carry are refused.
 */
final class Checksum {
    /** Up to here all whole numbers are doubles, and no other one comes to them. */
    private static final double MAX_SAFE = (1L << 53) - 1;

    private Checksum() {}

    /** 64 hex digits. @throws ProblemException {@code validation_failed} where the content has a number that a double does not carry */
    static String of(ObjectNode content) {
        requireExact(content);
        byte[] canonical = canonical(content).getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256().digest(canonical));
    }

    /** The form that is hashed. */
    static String canonical(ObjectNode content) {
        try {
            return new JsonCanonicalizer(content.toString()).getEncodedString();
        } catch (IOException e) {
            throw new IllegalStateException("A tree of JSON values is well-formed JSON", e);
        }
    }

    private static void requireExact(JsonNode value) {
        if (value.isNumber() && !isCarried(value)) {
            throw ProblemException.invalid(
                    "content",
                    "precision",
                    "has the number " + value
                            + ", which RFC 8785 cannot tell from others: send it as a text, or a checksum of your own");
        }
        for (JsonNode element : value) {
            requireExact(element);
        }
    }

    private static boolean isCarried(JsonNode value) {
        double nearest = value.doubleValue();
        return Double.isFinite(nearest)
                && (!value.isIntegralNumber()
                        || Math.abs(nearest) <= MAX_SAFE
                        || isExact(value.decimalValue(), nearest));
    }

    /** Whether the nearest double is the number itself, or is written as it is. */
    private static boolean isExact(BigDecimal number, double nearest) {
        return new BigDecimal(nearest).compareTo(number) == 0
                || written(nearest).compareTo(number) == 0;
    }

    private static BigDecimal written(double number) {
        try {
            return new BigDecimal(NumberToJSON.serializeNumber(number));
        } catch (IOException e) {
            throw new IllegalStateException("A finite number can be written", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

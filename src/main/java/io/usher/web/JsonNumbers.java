package io.usher.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/**
 * What numbers a JSON document of a client's own may hold. PostgreSQL keeps {@code 1e131071} in a few bytes and answers all of its digits, so
 * a small document of such numbers would come back as one of a gigabyte.
 */
final class JsonNumbers {
    /** A double's: other readers of JSON (RFC 8259, section 6) take no more. */
    private static final int MAX_EXPONENT = 308;

    private JsonNumbers() {}

    /** Whether all numbers of the document are of a size that a double has. */
    static boolean areOrdinary(JsonNode value) {
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            long exponent = (long) number.precision() - number.scale() - 1;
            return number.signum() == 0 || Math.abs(exponent) <= MAX_EXPONENT;
        }
        for (JsonNode member : value) {
            if (!areOrdinary(member)) {
                return false;
            }
        }
        return true;
    }

    /** How many characters its numbers have, written out as PostgreSQL does, beyond those that they have in the document. */
    static long writtenOut(JsonNode value) {
        if (value.isBigDecimal()) {
            BigDecimal number = value.decimalValue();
            long digits = Math.max(number.precision() - (long) number.scale(), number.scale() + 2L);
            return Math.max(0, digits - value.asText().length());
        }
        long all = 0;
        for (JsonNode member : value) {
            all += writtenOut(member);
        }
        return all;
    }
}

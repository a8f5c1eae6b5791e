package io.usher.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same content has one checksum, however it is written; another content has another. */
class ChecksumTest {
    /** As bodies are read. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** RFC 8785, section 3.2.2. */
    @Example
    void primitivesAreWrittenAsTheRfcSays() {
        assertThat(canonical("""
                        {
                          "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                          "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                          "literals": [null, true, false]
                        }"""))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** RFC 8785, section 3.2.3: by UTF-16 code units. */
    @Example
    void propertiesAreSortedAsTheRfcSays() {
        assertThat(canonical("""
                        {
                          "\\u20ac": "Euro Sign",
                          "\\r": "Carriage Return",
                          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                          "1": "One",
                          "\\ud83d\\ude00": "Emoji: Grinning Face",
                          "\\u0080": "Control",
                          "\\u00f6": "Latin Small Letter O With Diaeresis"
                        }"""))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /** RFC 8785, appendix B. */
    @Example
    void numbersAreWrittenAsTheRfcSays() {
        Map<Long, String> samples = Map.ofEntries(
                Map.entry(0x0000000000000000L, "0"),
                Map.entry(0x8000000000000000L, "0"),
                Map.entry(0x0000000000000001L, "5e-324"),
                Map.entry(0x8000000000000001L, "-5e-324"),
                Map.entry(0x7fefffffffffffffL, "1.7976931348623157e+308"),
                Map.entry(0xffefffffffffffffL, "-1.7976931348623157e+308"),
                Map.entry(0x4340000000000000L, "9007199254740992"),
                Map.entry(0xc340000000000000L, "-9007199254740992"),
                Map.entry(0x4430000000000000L, "295147905179352830000"),
                Map.entry(0x44b52d02c7e14af5L, "9.999999999999997e+22"),
                Map.entry(0x44b52d02c7e14af6L, "1e+23"),
                Map.entry(0x44b52d02c7e14af7L, "1.0000000000000001e+23"),
                Map.entry(0x444b1ae4d6e2ef4eL, "999999999999999700000"),
                Map.entry(0x444b1ae4d6e2ef4fL, "999999999999999900000"),
                Map.entry(0x444b1ae4d6e2ef50L, "1e+21"),
                Map.entry(0x3eb0c6f7a0b5ed8cL, "9.999999999999997e-7"),
                Map.entry(0x3eb0c6f7a0b5ed8dL, "0.000001"),
                Map.entry(0x41b3de4355555553L, "333333333.3333332"),
                Map.entry(0x41b3de4355555554L, "333333333.33333325"),
                Map.entry(0x41b3de4355555555L, "333333333.3333333"),
                Map.entry(0x41b3de4355555556L, "333333333.3333334"),
                Map.entry(0x41b3de4355555557L, "333333333.33333343"),
                Map.entry(0xbecbf647612f3696L, "-0.0000033333333333333333"),
                Map.entry(0x43143ff3c1cb0959L, "1424953923781206.2"));

        samples.forEach((bits, text) -> {
            assertThat(canonical("{\"a\":" + Double.longBitsToDouble(bits) + "}"))
                    .isEqualTo("{\"a\":" + text + "}");
            assertThat(checksum("{\"a\":" + text + "}"))
                    .isEqualTo(checksum("{\"a\":" + Double.longBitsToDouble(bits) + "}"));
        });
    }

    /** Made with another implementation: {@code printf '{}' | sha256sum}. */
    @Example
    void theChecksumIsTheSha256OfTheCanonicalForm() {
        assertThat(checksum(" { } ")).isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
        assertThat(checksum("{\"b\": [1e0, \"\\u00e9\"], \"a\": null}"))
                .isEqualTo("f8f17faab95c024891d173fa43442b0e52007736a1f36715ac721ab22deeefc5");
    }

    @Example
    void wholeNumbersThatADoubleWouldRoundAreRefused() {
        for (String number : List.of(
                "9007199254740993",
                "-9007199254740993",
                "1234567890123456789",
                "123456789012345678901234567890",
                "1.8e308")) {
            assertThatThrownBy(() -> checksum("{\"a\":[{\"b\":" + number + "}]}"))
                    .as(number)
                    .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.errors())
                            .singleElement()
                            .satisfies(error -> assertThat(error.field()).isEqualTo("content"))
                            .satisfies(error -> assertThat(error.code()).isEqualTo("precision")));
        }
        for (String number : List.of(
                "9007199254740991",
                "9007199254740992",
                "1e30",
                "9007199254740993.0",
                "0.1",
                "0.30000000000000004",
                "1e-300",
                "295147905179352825856",
                "295147905179352830000",
                "-0",
                "-9223372036854775808")) {
            assertThat(checksum("{\"a\":" + number + "}")).as(number).hasSize(64);
        }
    }

    @Property(tries = 300)
    void neitherTheOrderOfPropertiesNorWhiteSpaceMatters(@ForAll("documents") ObjectNode document, @ForAll long seed)
            throws JsonProcessingException {
        String other = JSON.writer(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(shuffled(document, new Random(seed)));

        assertThat(checksum(other)).isEqualTo(checksum(document.toString())).isEqualTo(Checksum.of(document));
    }

    @Property(tries = 300)
    void canonicalJsonIsItsOwnCanonicalForm(@ForAll("documents") ObjectNode document) {
        String canonical = Checksum.canonical(document);

        assertThat(canonical(canonical)).isEqualTo(canonical);
    }

    @Property(tries = 300)
    void differentContentsHaveDifferentChecksums(
            @ForAll("documents") ObjectNode one, @ForAll("documents") ObjectNode other) {
        assertThat(checksum(one.toString()).equals(checksum(other.toString())))
                .isEqualTo(canonical(one.toString()).equals(canonical(other.toString())));
        ObjectNode more = one.deepCopy().put("one more", true);
        assertThat(Checksum.of(more)).isNotEqualTo(Checksum.of(one));
    }

    @Provide
    Arbitrary<ObjectNode> documents() {
        Arbitrary<JsonNode> leaves = Arbitraries.oneOf(
                Arbitraries.doubles()
                        .map(number -> read("{\"a\":" + number + "}").get("a")),
                Arbitraries.longs().between(-(1L << 53), 1L << 53).map(number -> JSON.getNodeFactory()
                        .numberNode(number)),
                texts().map(text -> JSON.getNodeFactory().textNode(text)),
                Arbitraries.of(true, false).map(truth -> JSON.getNodeFactory().booleanNode(truth)),
                Arbitraries.just(JSON.getNodeFactory().nullNode()));
        Arbitrary<JsonNode> values = Arbitraries.oneOf(
                leaves,
                leaves.list().ofMaxSize(4).map(ChecksumTest::array),
                objects(leaves).map(JsonNode.class::cast));
        return objects(values);
    }

    private static Arbitrary<ObjectNode> objects(Arbitrary<JsonNode> values) {
        return Arbitraries.maps(texts(), values).ofMaxSize(8).map(properties -> {
            ObjectNode object = JSON.createObjectNode();
            object.setAll(properties);
            return object;
        });
    }

    /** Of every plane, quotes and control characters included; no lone surrogates, which bodies cannot have. */
    private static Arbitrary<String> texts() {
        Arbitrary<Integer> characters = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(6, Arbitraries.integers().between(1, 0x17F)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0x2000, 0x20FF)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0xE000, 0xFFFD)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0x1F600, 0x1F64F)));
        return characters.list().ofMaxSize(8).map(points -> {
            StringBuilder text = new StringBuilder();
            points.forEach(text::appendCodePoint);
            return text.toString();
        });
    }

    private static JsonNode array(List<JsonNode> elements) {
        ArrayNode array = JSON.createArrayNode();
        array.addAll(elements);
        return array;
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (node.isArray()) {
            ArrayNode array = JSON.createArrayNode();
            node.forEach(element -> array.add(shuffled(element, random)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        List<Map.Entry<String, JsonNode>> properties = new ArrayList<>(node.properties());
        Collections.shuffle(properties, random);
        ObjectNode object = JSON.createObjectNode();
        properties.forEach(property -> object.set(property.getKey(), shuffled(property.getValue(), random)));
        return object;
    }

    private static String canonical(String json) {
        return Checksum.canonical(read(json));
    }

    private static String checksum(String json) {
        return Checksum.of(read(json));
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}

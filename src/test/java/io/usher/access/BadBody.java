package io.usher.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that must be refused.
 *
 * @param what what is wrong with it
 * @param field the field that the problem has to name; null where the whole is at fault
 * @param strict whether it can only be {@code validation_failed}: a text may also be refused as a wrong password or code
 */
record BadBody(
        String what,
        byte[] bytes,
        String contentType,
        @Nullable String field,
        boolean strict) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String MARK = "@bad@";
    private static final int MEBIBYTE = 1 << 20;

    /** Bodies that are wrong as a whole. */
    static List<BadBody> wholes(ObjectNode valid) {
        ObjectNode unknown = valid.deepCopy().put("noSuchProperty", 1);
        String half = "[".repeat(MEBIBYTE / 2);
        List<BadBody> all = new ArrayList<>();
        for (String text : List.of(
                " ",
                "null",
                "[]",
                "7",
                "true",
                "\"text\"",
                "{",
                "{\"a\":",
                "{}{}",
                valid + "x",
                "{'a': 1}",
                "\uFEFF")) {
            all.add(whole("the body '" + text.substring(0, Math.min(20, text.length())) + "'", text));
        }
        all.add(whole("1 MiB of nested arrays", half + "]".repeat(MEBIBYTE / 2)));
        all.add(whole("1 MiB of nesting that never ends", "{\"a\":" + half));
        all.add(whole("nesting in a property", "{\"noSuchProperty\":" + half + "]".repeat(MEBIBYTE / 2 - 10) + "}"));
        all.add(new BadBody(
                "not UTF-8", new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', ':', '1', '}'}, json(), null, false));
        all.add(new BadBody("an unknown property", bytes(unknown.toString()), json(), "noSuchProperty", true));
        all.add(new BadBody("text/plain", bytes(valid.toString()), "text/plain", null, false));
        all.add(new BadBody("XML", bytes("<a/>"), "application/xml", null, false));
        all.add(new BadBody("bytes", bytes(valid.toString()), "application/octet-stream", null, false));
        return all;
    }

    /** No body at all, where something has to be in it. */
    static BadBody none() {
        return whole("no body", "");
    }

    /** Bodies with one bad property. */
    static List<BadBody> properties(ObjectNode valid, String name, JsonNode schema) {
        List<BadBody> all = new ArrayList<>();
        for (String value : wrongTypes(types(schema))) {
            all.add(property(valid, name, value, true));
        }
        if (types(schema).contains("string")) {
            all.add(property(valid, name, "\"a\\u0000b\"", false));
            all.add(property(valid, name, "\"a\\ud800\"", false));
            all.add(property(valid, name, "\"\\udc00b\"", false));
            all.add(property(valid, name, "\"" + "a".repeat(100_000) + "\"", false));
            all.add(property(valid, name, "\"" + "é".repeat(20_001) + "\"", false));
        }
        if (types(schema).contains("integer")) {
            all.add(property(valid, name, "1" + "0".repeat(999), false));
            all.add(property(valid, name, "9223372036854775808", false));
        }
        return all;
    }

    private static List<String> types(JsonNode schema) {
        List<String> types = new ArrayList<>();
        JsonNode type = schema.path("type");
        if (type.isTextual()) {
            types.add(type.asText());
        }
        type.forEach(one -> types.add(one.asText()));
        if (types.isEmpty() && schema.has("properties")) {
            types.add("object");
        }
        return types;
    }

    private static List<String> wrongTypes(List<String> types) {
        List<String> wrong = new ArrayList<>();
        add(wrong, !types.contains("string"), "\"text\"");
        add(wrong, !types.contains("integer") && !types.contains("number"), "7", "1e400", "-0.5");
        add(wrong, !types.contains("boolean"), "true");
        add(wrong, !types.contains("array"), "[]", "[\"a\"]");
        add(wrong, !types.contains("object"), "{}", "{\"a\": {\"b\": 1}}");
        add(wrong, types.contains("array"), "[{\"a\": 1}]", "[[1]]", "[null]", "[true]");
        return types.isEmpty() ? List.of() : wrong;
    }

    private static void add(List<String> to, boolean when, String... values) {
        if (when) {
            to.addAll(List.of(values));
        }
    }

    private static BadBody property(ObjectNode valid, String name, String value, boolean strict) {
        String text = valid.deepCopy().put(name, MARK).toString().replace("\"" + MARK + "\"", value);
        String shown = value.length() > 40 ? value.substring(0, 20) + "… (" + value.length() + ")" : value;
        return new BadBody(name + " = " + shown, bytes(text), json(), name, strict);
    }

    private static BadBody whole(String what, String text) {
        return new BadBody(what, bytes(text), json(), null, false);
    }

    /** A valid body, to spoil. */
    static ObjectNode valid(Object body) {
        return JSON.valueToTree(body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String json() {
        return "application/json";
    }
}

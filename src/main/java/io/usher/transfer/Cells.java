package io.usher.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.usher.web.JsonFormat;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Values as the cells of a CSV file. A cell that a spreadsheet would run as a formula begins with an apostrophe, and so does one that began
 * with an apostrophe, so that reading can take it away again.
 */
final class Cells {
    private static final char MARK = '\'';
    private static final String MARKED = "=+-@\t\r" + MARK;
    private static final String SEPARATOR = ";";
    private static final JsonMapper JSON = new JsonMapper();

    private Cells() {}

    /** The cell of a value: nothing for null, lists with semicolons, or as JSON where their elements have some. */
    static @Nullable String of(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Instant time) {
            return JsonFormat.time(time);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        return safe(value instanceof Collection<?> list ? list(list) : value.toString());
    }

    private static String safe(String text) {
        return !text.isEmpty() && MARKED.indexOf(text.charAt(0)) >= 0 ? MARK + text : text;
    }

    /** What stood in the cell before it was made safe. */
    static String restored(String cell) {
        boolean marked = cell.length() > 1 && cell.charAt(0) == MARK && MARKED.indexOf(cell.charAt(1)) >= 0;
        return marked ? cell.substring(1) : cell;
    }

    private static String list(Collection<?> list) {
        if (list.isEmpty()) {
            return "";
        }
        List<String> texts = list.stream().map(String::valueOf).toList();
        String joined = String.join(SEPARATOR, texts);
        return elements(joined).equals(texts) ? joined : json(texts);
    }

    /** The elements of a restored cell; a text, which is no list, where it is one of PostgreSQL's: to take it for one element would be silent and wrong. */
    static JsonNode array(String text) {
        if (text.startsWith("{")) {
            return JsonNodeFactory.instance.textNode(text);
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (text.startsWith("[")) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return array.add(text);
            }
        }
        elements(text).forEach(array::add);
        return array;
    }

    private static List<String> elements(String text) {
        return text.isBlank() || text.startsWith("[") || text.startsWith("{")
                ? List.of()
                : List.of(text.split(SEPARATOR)).stream().map(String::strip).toList();
    }

    private static String json(List<String> texts) {
        try {
            return JSON.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts are JSON", e);
        }
    }
}

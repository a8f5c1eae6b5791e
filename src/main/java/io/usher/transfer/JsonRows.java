package io.usher.transfer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Rows of one JSON array of objects. */
final class JsonRows extends FileRows {
    private final RowText text;
    private final JsonParser parser;
    private boolean ended;

    JsonRows(Reader text) throws IOException {
        this.text = new RowText(text);
        this.parser = UserJson.ELEMENT.createParser(this.text);
        try {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw ProblemException.invalid("", "type", "The body must be an array of users.");
            }
        } catch (JsonProcessingException e) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON);
        }
    }

    @Override
    @Nullable
    FileRow next() throws IOException {
        if (ended) {
            return null;
        }
        text.nextRow();
        long line = parser.currentLocation().getLineNr();
        try {
            JsonToken token = parser.nextToken();
            line = parser.currentTokenLocation().getLineNr();
            if (token == JsonToken.END_ARRAY) {
                ended = true;
                return parser.nextToken() == null ? null : FileRow.unreadable(line);
            }
            if (token == null) {
                ended = true;
                return FileRow.unreadable(parser.currentLocation().getLineNr());
            }
            JsonNode user = parser.readValueAsTree();
            return FileRow.of(line, user);
        } catch (JsonProcessingException e) {
            ended = true;
            return text.isTooLong()
                    ? FileRow.tooLongToGoOn(line)
                    : FileRow.unreadable(parser.currentLocation().getLineNr());
        }
    }
}

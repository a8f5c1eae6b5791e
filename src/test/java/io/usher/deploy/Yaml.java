package io.usher.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as the tools of deployment read it: anchors and merge keys resolved, a key that stands twice refused. */
final class Yaml {
    static final Path DEPLOY = Path.of("deploy");

    private static final JsonMapper JSON = new JsonMapper();

    private Yaml() {}

    /** The one document of a file below {@code deploy/}. */
    static JsonNode file(String name) {
        List<JsonNode> documents = documents(read(DEPLOY.resolve(name)));
        if (documents.size() != 1) {
            throw new AssertionError(name + " has " + documents.size() + " documents");
        }
        return documents.get(0);
    }

    static List<JsonNode> documents(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Iterable<Object> all = new org.yaml.snakeyaml.Yaml(new SafeConstructor(options)).loadAll(text);
        return StreamSupport.stream(all.spliterator(), false)
                .filter(Objects::nonNull)
                .map(document -> JSON.<JsonNode>valueToTree(document))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.usher.preference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Settings as the database holds them: JSON as in views, without the provers, which are rows. What a newer release stored besides is passed
 * over, and what an older one did not know gets its default.
 */
@ApplicationScoped
class SettingsJson {
    private static final TypeReference<List<Prover>> PROVERS = new TypeReference<>() {};

    /** PostgreSQL writes numbers without exponents: with more digits than the documents had that clients sent. */
    private static final JsonFactory NUMBERS_WRITTEN_OUT = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNumberLength(10_000).build())
            .build();

    private final ObjectMapper mapper;
    private final ObjectReader reader;

    @Inject
    SettingsJson(ObjectMapper mapper) {
        this.mapper = mapper;
        this.reader = mapper.copyWith(NUMBERS_WRITTEN_OUT)
                .reader()
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }

    String write(PreferenceSettings settings) {
        ObjectNode tree = mapper.valueToTree(settings);
        if (settings instanceof ProverSettings) {
            tree.remove("provers");
        }
        return tree.toString();
    }

    PreferenceSettings read(PreferenceCategory category, String settings) {
        try {
            return (PreferenceSettings) reader.forType(category.type()).readValue(settings);
        } catch (JsonProcessingException e) {
            throw unreadable();
        }
    }

    /** Provers in their order. @param provers a JSON array; null for none */
    List<Prover> readProvers(@Nullable String provers) {
        try {
            List<Prover> all =
                    provers == null ? List.of() : reader.forType(PROVERS).readValue(provers);
            return all.stream().sorted(Prover.ORDER).toList();
        } catch (JsonProcessingException e) {
            throw unreadable();
        }
    }

    /** The provers of those preferences that have some, each with its user, as a JSON array. */
    String writeProvers(List<NewPreference> preferences) {
        ArrayNode all = mapper.createArrayNode();
        for (NewPreference preference : preferences) {
            if (preference.settings() instanceof ProverSettings settings) {
                settings.provers().forEach(prover -> all.add(tree(preference.userId(), prover)));
            }
        }
        return all.toString();
    }

    private ObjectNode tree(UUID userId, Prover prover) {
        ObjectNode tree = mapper.valueToTree(prover);
        return tree.put("userId", userId.toString());
    }

    /** Without the cause, which quotes what it could not read: that can be a secret. */
    private static IllegalStateException unreadable() {
        return new IllegalStateException("Settings in the database are not what this release or another wrote");
    }
}

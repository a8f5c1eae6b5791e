package io.usher.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.web.Emails;
import io.usher.web.JsonList;
import io.usher.web.StrictJson;
import io.usher.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads V1 files: what is around the users strictly, and each of the users for itself, so that a bad one does not stop the others. */
@ApplicationScoped
class V1Reader {
    private final StrictJson json;
    private final V1Rules rules;
    private final Clock clock;

    @Inject
    V1Reader(StrictJson json, V1Rules rules, Clock clock) {
        this.json = json;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Reads all users; blocks while the file comes in.
     *
     * @throws ProblemException {@code malformed_json}, {@code validation_failed} where the file is no list of users
     */
    List<V1Item> read(Caller caller, InputStream file) {
        Instant now = clock.instant();
        List<V1Item> items = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        JsonList.read(file, "users", V1Migration.MAX_USERS, user -> items.add(item(caller, user, seen, now)));
        return items;
    }

    /** Of an email that is there twice only the first counts, good or bad: which of them is meant, a person has to say. */
    private V1Item item(Caller caller, JsonNode user, Set<String> seen, Instant now) {
        String email = email(user);
        if (email != null && !seen.add(email)) {
            return bad(email, "email", "duplicate", "stands in the file before");
        }
        if (!(user instanceof ObjectNode object)) {
            return bad(null, "", "type", "must be an object");
        }
        try {
            V1Quirks.mend(object);
            return V1Item.good(rules.apply(caller, json.bind(user, V1User.class), now));
        } catch (ProblemException e) {
            return V1Item.bad(email, e.errors());
        }
    }

    private static V1Item bad(@Nullable String email, String field, String code, String message) {
        return V1Item.bad(email, List.of(new FieldError(field, code, message)));
    }

    private static @Nullable String email(JsonNode user) {
        JsonNode email = user.path("email");
        return email.isTextual() ? Text.printable(Emails.normalise(email.textValue()), Emails.MAX_LENGTH) : null;
    }
}

package io.usher.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.usher.quota.QuotaService;
import io.usher.security.Caller;
import io.usher.user.UserService;
import jakarta.enterprise.context.ApplicationScoped;

/** Puts together what a caller is told of itself. One query, for its quotas, where its view is cached. */
@ApplicationScoped
class MeService {
    private final UserService users;
    private final QuotaService quotas;
    private final ObjectMapper json;

    MeService(UserService users, QuotaService quotas, ObjectMapper json) {
        this.users = users;
        this.quotas = quotas;
        this.json = json;
    }

    Uni<MeView> me(Caller caller) {
        return users.own(caller)
                .chain(view -> quotas.status(caller.userId()).map(left -> MeView.of(parse(view), left, caller)));
    }

    private JsonNode parse(String view) {
        try {
            return json.readTree(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A user view is not JSON", e);
        }
    }
}

package io.usher.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    private static final String ID = "0198c0de-0000-7000-8000-00000000abcd";

    @Test
    void aUuidInThePathMayBeTold() {
        assertThat(Route.target("/api/users/{id}", "/api/users/" + ID)).isEqualTo(ID);
        assertThat(Route.target("/api/users/{id}/quotas", "/api/users/" + ID + "/quotas"))
                .isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/users/5d41402abc4b2a76b9719d911017c592",
                "/api/users/somebody.with.a.long.name@example.com",
                "/api/users/" + ID + "0",
                "/api/users/0198c0de-0000-7000-8000-00000000abcg",
                "/api/users/0198c0de00000-7000-8000-00000000abcd",
                "/api/users/",
                ""
            })
    void nothingElseMay(String path) {
        assertThat(Route.target("/api/users/{id}", path)).isNull();
        assertThat(Route.target("/api/users", path)).isNull();
    }

    @Test
    void whatHasNoRouteHasItsOwnName() {
        assertThat(Route.template(null)).isEqualTo("NO_ROUTE");
    }
}

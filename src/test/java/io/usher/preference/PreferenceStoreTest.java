package io.usher.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import io.usher.web.StrictJson;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Preferences of many users at once, as a migration brings them. */
@UsherTest
class PreferenceStoreTest {
    @Inject
    PreferenceService preferences;

    @Inject
    StrictJson json;

    @Test
    void manyUsersAreStoredAtOnce() throws Throwable {
        List<NewPreference> all = new ArrayList<>();
        List<TestUser> users = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            TestUser user = Given.customer().create();
            users.add(user);
            all.add(new NewPreference(
                    user.id(), read("{\"recipient_email\": \"a@example.com\"}", EmailSettings.class)));
            all.add(new NewPreference(
                    user.id(),
                    read(
                            "{\"provers\": [{\"proverId\": \"1\", \"preferred_fuel_types\": [\"a\", \"b, \\\"c\\\"\"]},"
                                    + " {\"proverId\": \"2\", \"full_text\": \"" + user.id() + "\"}]}",
                            ProverSettings.class)));
        }
        Instant before = Instant.now();

        store(all);
        store(all);

        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(5));
        TestUser last = users.get(199);
        PreferenceCalls own = PreferenceCalls.own(last);
        assertThat(own.list().<List<String>>path("items.category")).containsExactly("email", "prover");
        assertThat(own.provers().<List<String>>path("items[0].preferredFuelTypes"))
                .containsExactly("a", "b, \"c\"");
        assertThat(own.provers().<String>path("items[1].fullText"))
                .isEqualTo(last.id().toString());
        assertThat(own.get("prover").<String>path("settings.lastUpdated")).isNotNull();
        assertThat(own.activities()).isEmpty();
    }

    @Test
    void onlyTheProversOfThoseThatBringSomeAreReplaced() throws Throwable {
        TestUser bringing = Given.customer().create();
        TestUser other = Given.customer().create();
        PreferenceCalls.own(bringing).putProver("old", Map.of());
        PreferenceCalls.own(other).putProver("old", Map.of());

        store(List.of(
                new NewPreference(
                        bringing.id(), read("{\"provers\": [{\"prover_id\": \"new\"}]}", ProverSettings.class)),
                new NewPreference(other.id(), read("{\"start_day\": 1, \"end_day\": 2}", WorkWeekSettings.class))));

        assertThat(PreferenceCalls.own(bringing).provers().<List<String>>path("items.proverId"))
                .containsExactly("new");
        assertThat(PreferenceCalls.own(other).provers().<List<String>>path("items.proverId"))
                .containsExactly("old");
    }

    @Test
    void itIsAPartOfTheTransactionThatItIsCalledIn() {
        TestUser user = Given.customer().create();
        NewPreference one = new NewPreference(user.id(), read("{}", NotificationSettings.class));

        assertThat(catchThrowable(() -> VertxContextSupport.subscribeAndAwait(() -> Panache.withTransaction(
                        () -> preferences.storeAll(List.of(one)).chain(() -> Uni.createFrom()
                                .failure(new IllegalStateException("undo")))))))
                .hasMessageContaining("undo");
        assertThat(Database.number("select count(*) from user_preferences where user_id = ?", user.id()))
                .isZero();
    }

    @Test
    void aUserThatIsNotThereIsRefused() {
        NewPreference stray = new NewPreference(UUID.randomUUID(), read("{}", NotificationSettings.class));

        assertThat(catchThrowable(() -> store(List.of(stray)))).isNotNull();
        assertThat(catchThrowable(() -> store(List.of()))).isNull();
    }

    private void store(List<NewPreference> all) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> preferences.storeAll(all));
    }

    private <T extends Record> T read(String text, Class<T> type) {
        return json.read(text.getBytes(StandardCharsets.UTF_8), type);
    }
}

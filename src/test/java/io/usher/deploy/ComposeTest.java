package io.usher.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code deploy/compose.yaml}: read strictly, and held against what it refers to. */
class ComposeTest {
    private static final Compose COMPOSE = Models.read(Yaml.file("compose.yaml"), Compose.class);

    /** What of the Compose specification the file uses. Extensions are what services are made of, and are checked there. */
    record Compose(
            String name,

            @com.fasterxml.jackson.annotation.JsonProperty("x-hardened")
            JsonNode hardened,

            @com.fasterxml.jackson.annotation.JsonProperty("x-usher")
            JsonNode usher,

            Map<String, Service> services,
            Map<String, Object> volumes) {}

    record Service(
            String image,
            Build build,
            String user,
            List<String> group_add,
            boolean read_only,
            List<String> cap_drop,
            List<String> security_opt,
            String restart,
            String network_mode,
            List<String> entrypoint,
            List<String> command,
            Map<String, String> environment,
            List<String> tmpfs,
            List<String> volumes,
            List<String> ports,
            String stop_grace_period,
            Map<String, Dependency> depends_on,
            Healthcheck healthcheck) {}

    record Build(String context, String dockerfile) {}

    record Dependency(String condition) {}

    record Healthcheck(
            List<String> test,
            String interval,
            String timeout,
            Integer retries,
            String start_period,
            Boolean disable) {}

    @Test
    void everyImageHasAVersion() {
        assertThat(COMPOSE.services().values())
                .allSatisfy(service -> assertThat(service.image()).matches("[a-z0-9./-]+:[A-Za-z0-9._-]*\\d.*"));
    }

    @Test
    void noServiceMayMoreThanItNeeds() {
        assertThat(COMPOSE.services().values()).allSatisfy(service -> {
            assertThat(service.user()).isNotNull().doesNotStartWith("0").isNotEqualTo("root");
            assertThat(service.read_only()).isTrue();
            assertThat(service.cap_drop()).containsExactly("ALL");
            assertThat(service.security_opt()).containsExactly("no-new-privileges:true");
        });
    }

    @Test
    void nothingIsPublishedBeyondThisMachineNorTheManagementPortAtAll() {
        assertThat(COMPOSE.services().values())
                .flatMap(service -> orEmpty(service.ports()))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:") && !port.endsWith(":" + Application.MANAGEMENT_PORT));
        assertThat(orEmpty(COMPOSE.services().get("usher").ports()))
                .allMatch(port -> port.endsWith(":" + Application.HTTP_PORT));
    }

    @Test
    void whatIsReferredToIsThere() {
        assertThat(COMPOSE.services().values()).allSatisfy(service -> {
            if (service.depends_on() != null) {
                assertThat(COMPOSE.services().keySet())
                        .containsAll(service.depends_on().keySet());
            }
            assertThat(orEmpty(service.volumes())).allMatch(ComposeTest::isThere);
            if (service.build() != null) {
                assertThat(Yaml.DEPLOY
                                .resolve(service.build().context())
                                .resolve(service.build().dockerfile()))
                        .exists();
            }
        });
    }

    @Test
    void everySettingIsOneOfUsherOrQuarkus() {
        assertThat(settings().keySet()).isNotEmpty().allMatch(KnownSettings::contains);
    }

    @Test
    void theServiceGetsMoreTimeToStopThanItTakes() {
        Duration grace = Duration.parse("PT" + COMPOSE.services().get("usher").stop_grace_period());

        assertThat(grace).isGreaterThan(Duration.ofSeconds(Application.secondsToStop()));
    }

    @Test
    void migrationsRunBeforeTheServiceAndNotInIt() {
        assertThat(COMPOSE.services().get("migrate").command()).containsExactly("migrate");
        assertThat(COMPOSE.services().get("usher").depends_on().get("migrate").condition())
                .isEqualTo("service_completed_successfully");
        assertThat(settings()).containsEntry("QUARKUS_FLYWAY_MIGRATE_AT_START", "false");
    }

    private static Map<String, String> settings() {
        return COMPOSE.services().get("usher").environment();
    }

    /** A file beside the compose file, or a volume that it declares. */
    private static boolean isThere(String volume) {
        String source = volume.substring(0, volume.indexOf(':'));
        return source.startsWith("./")
                ? Files.exists(Yaml.DEPLOY.resolve(source))
                : COMPOSE.volumes().containsKey(source);
    }

    private static List<String> orEmpty(List<String> list) {
        return Stream.ofNullable(list).flatMap(List::stream).toList();
    }
}

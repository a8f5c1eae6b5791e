package io.usher.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests, file by file and as kustomize puts them together: what a cluster would refuse, or take and get wrong. */
class KubernetesTest {
    static Stream<Path> files() {
        try {
            return Files.walk(Yaml.DEPLOY.resolve("k8s"))
                    .filter(Files::isRegularFile)
                    .sorted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: {replica: 1}",
                "spec: {template: {spec: {containers: [{name: a, readynessProbe: {}}]}}}",
                "spec: {template: {spec: {securityContext: {runAsNonRoot: [true]}}}}",
                "spec: {}\nspec: {}"
            })
    void aFieldThatIsMisspeltOrMisplacedOrTwiceIsRefused(String rest) {
        assertThatThrownBy(() -> Yaml.documents("apiVersion: apps/v1\nkind: Deployment\n" + rest)
                        .forEach(Models::requireKnown))
                .isNotNull();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFieldOfEveryFileIsKnown(Path file) {
        List<JsonNode> manifests = Yaml.documents(Yaml.read(file));

        assertThat(manifests).isNotEmpty().allSatisfy(Models::requireKnown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void everyFieldOfAnOverlayIsKnown(String overlay) {
        assertThat(Overlay.render(overlay).manifests()).isNotEmpty().allSatisfy(Models::requireKnown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void selectorsFindPods(String overlay) {
        Overlay rendered = Overlay.render(overlay);

        assertThat(rendered.podSelectors()).doesNotContain(Map.of());
        assertThat(rendered.podSelectors()).isNotEmpty().allSatisfy(selector -> assertThat(rendered.podLabels())
                .as(selector.toString())
                .anyMatch(labels -> labels.entrySet().containsAll(selector.entrySet())));
    }

    /** What the threat model says: nobody reaches a server of Usher's but who has to. */
    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void everyPodHasAPolicyThatNamesWhoReachesIt(String overlay) {
        Overlay rendered = Overlay.render(overlay);

        assertThat(rendered.podLabels())
                .filteredOn(labels -> !labels.containsValue("valkey-cluster")) // the Job, which listens to nothing
                .isNotEmpty()
                .allSatisfy(labels -> assertThat(rendered.policies(labels))
                        .isNotEmpty()
                        .allSatisfy(policy -> assertThat(Overlay.each(policy.at("/spec/ingress")))
                                .isNotEmpty()
                                .allMatch(rule -> !rule.path("from").isEmpty())));
    }

    /** What no rule of a policy lets out is dropped without a word. */
    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void namesAreAskedForInTheClusterAndOnTheNode(String overlay) {
        JsonNode policy = Overlay.render(overlay)
                .policies(Map.of("app.kubernetes.io/name", "usher", "app.kubernetes.io/component", "api"))
                .get(0);
        List<JsonNode> rules = Overlay.each(policy.at("/spec/egress"))
                .filter(rule -> rule.path("ports").findValuesAsText("port").contains("53"))
                .toList();

        assertThat(rules).singleElement().satisfies(rule -> {
            assertThat(rule.path("to").findValuesAsText("k8s-app")).containsExactly("kube-dns");
            assertThat(rule.path("to").findValuesAsText("cidr")).containsExactly("169.254.20.10/32");
            assertThat(rule.path("ports").findValuesAsText("protocol")).containsExactly("UDP");
        });
    }

    /** Without what is asserted here, nodes whose addresses are all new never find each other, and the Job stops the next version. */
    @Test
    void theValkeyClusterFindsItselfAgainAndStopsNoUpgrade() {
        Overlay rendered = Overlay.render("ha");
        JsonNode valkey = rendered.container("valkey");
        JsonNode job = rendered.ofKind("Job").findFirst().orElseThrow();
        JsonNode service = rendered.ofKind("Service")
                .filter(one -> Overlay.name(one).equals("usher-valkey"))
                .findFirst()
                .orElseThrow();

        assertThat(valkey.at("/args/0").asText()).contains("cluster meet", "cluster_known_nodes", "exec \"$0\" \"$@\"");
        assertThat(valkey.at("/args/1").asText()).isEqualTo("valkey-server");
        assertThat(valkey.at("/readinessProbe/exec/command").toString()).contains("cluster_state:ok");
        assertThat(service.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
        assertThat(job.at("/spec/ttlSecondsAfterFinished").asInt()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void whatIsReferredToIsThere(String overlay) {
        Overlay rendered = Overlay.render(overlay);

        Wiring wiring = new Wiring(rendered);

        assertThat(rendered.referredConfigMaps()).isNotEmpty().allMatch(name -> rendered.has("ConfigMap", name));
        assertThat(wiring.routed()).isNotEmpty().isSubsetOf(wiring.servicePorts());
        assertThat(wiring.namedPorts()).isNotEmpty().isSubsetOf(wiring.containerPorts());
        assertThat(wiring.mountedVolumes()).isNotEmpty().isSubsetOf(wiring.volumes());
        assertThat(wiring.scaledDeployments()).allMatch(name -> rendered.has("Deployment", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void theReadmeSaysWhichSecretsHaveToBeGiven(String overlay) {
        String readme = Yaml.read(Yaml.DEPLOY.resolve("README.md"));

        assertThat(Overlay.render(overlay).referredSecrets()).isNotEmpty().allSatisfy(secret -> assertThat(readme)
                .contains("| `" + secret.name() + "` |", "`" + secret.key() + "`"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void everySettingIsOneOfUsherOrQuarkus(String overlay) {
        assertThat(Overlay.render(overlay).settings()).isNotEmpty().allMatch(KnownSettings::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void thePodsProbeWhatTheApplicationServes(String overlay) {
        Overlay rendered = Overlay.render(overlay);
        JsonNode usher = rendered.container("usher");

        assertThat(Wiring.probe(usher, "startupProbe")).isEqualTo(Application.MANAGEMENT_PORT + "/q/health/started");
        assertThat(Wiring.probe(usher, "livenessProbe")).isEqualTo(Application.MANAGEMENT_PORT + "/q/health/live");
        assertThat(Wiring.probe(usher, "readinessProbe")).isEqualTo(Application.MANAGEMENT_PORT + "/q/health/ready");
        assertThat(Wiring.port(usher, "http")).isEqualTo(Application.HTTP_PORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void aPodGetsMoreTimeToStopThanItTakes(String overlay) {
        Overlay rendered = Overlay.render(overlay);

        assertThat(rendered.podTemplates())
                .filteredOn(pod -> pod.at("/spec/serviceAccountName").asText().equals("usher"))
                .isNotEmpty()
                .allSatisfy(pod -> assertThat(
                                pod.at("/spec/terminationGracePeriodSeconds").asInt())
                        .isGreaterThan(Application.secondsToStop()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void migrationsRunBeforeThePodsAndNotInThem(String overlay) {
        Overlay rendered = Overlay.render(overlay);

        assertThat(rendered.container("migrate").path("args")).hasToString("[\"migrate\"]");
        assertThat(rendered.setting("QUARKUS_FLYWAY_MIGRATE_AT_START")).isEqualTo("false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void noContainerMayMoreThanItNeeds(String overlay) {
        Overlay rendered = Overlay.render(overlay);

        assertThat(rendered.podTemplates()).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.at("/spec/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/spec/securityContext/seccompProfile/type").asText())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.at("/spec/automountServiceAccountToken")).hasToString("false");
        });
        assertThat(rendered.containers()).isNotEmpty().allSatisfy(container -> {
            JsonNode context = container.path("securityContext");
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(context.path("allowPrivilegeEscalation")).hasToString("false");
            assertThat(context.at("/capabilities/drop")).hasToString("[\"ALL\"]");
            assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
        });
    }

    /** A pod whose volume is full beyond its limit is evicted, with all that it was about to do. */
    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void filesThatWaitForTheirImportFitTheirVolume(String overlay) {
        Overlay rendered = Overlay.render(overlay);
        String folder = rendered.setting("USHER_IMPORT_SPOOL_DIR");
        String volume = Overlay.each(rendered.container("usher").path("volumeMounts"))
                .filter(mount -> mount.path("mountPath").asText().equals(folder))
                .map(Overlay::name)
                .findFirst()
                .orElseThrow();
        BigDecimal file = memory(rendered.setting("USHER_IMPORT_MAX_SIZE"));
        BigDecimal queue = file.multiply(new BigDecimal(rendered.setting("USHER_IMPORT_MAX_QUEUED")));
        Map<String, BigDecimal> limits = rendered.emptyDirs("usher");

        assertThat(file).isGreaterThanOrEqualTo(memory("64M")); // usher.migration.max-size
        assertThat(limits.get(volume)).isGreaterThan(queue.multiply(BigDecimal.valueOf(2)));
        assertThat(Overlay.bytes(rendered.container("usher").at("/resources/requests/ephemeral-storage")))
                .isGreaterThan(limits.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static BigDecimal memory(String setting) {
        return new BigDecimal(new MemorySizeConverter().convert(setting).asBigInteger());
    }

    /** The JVM and the native executable make threads for as many cores as they see, which on a node without a limit are all. */
    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void usherSeesAsManyCoresOnEveryNode(String overlay) {
        assertThat(Overlay.render(overlay)
                        .container("usher")
                        .at("/resources/limits/cpu")
                        .asInt())
                .isBetween(1, 8);
    }

    @Test
    void singleNeedsNothingThatAPlainClusterDoesNotHave() {
        assertThat(Overlay.render("single").manifests())
                .extracting(manifest -> manifest.path("apiVersion").asText())
                .allMatch(version -> version.matches("v1|[a-z]+/v\\d+|[a-z]+\\.k8s\\.io/v\\d+"));
    }

    @Test
    void prometheussOperatorFindsTheMetrics() {
        assertThat(new Wiring(Overlay.render("ha")).scraped()).containsExactly("usher-management:management/q/metrics");
    }

    /** The defaults of nginx keep out what is larger than 1 MiB, collect what should stream, and give up after a minute. */
    @Test
    void theIngressLetsFilesAndStreamsThrough() {
        JsonNode ingress =
                Overlay.render("single").ofKind("Ingress").findFirst().orElseThrow();

        assertThat(Overlay.texts(ingress.at("/metadata/annotations")))
                .containsEntry("nginx.ingress.kubernetes.io/proxy-body-size", "0")
                .containsEntry("nginx.ingress.kubernetes.io/proxy-request-buffering", "off")
                .containsEntry("nginx.ingress.kubernetes.io/proxy-buffering", "off")
                .containsKeys(
                        "nginx.ingress.kubernetes.io/proxy-read-timeout",
                        "nginx.ingress.kubernetes.io/proxy-send-timeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "ha"})
    void everyImageHasAVersion(String overlay) {
        assertThat(Overlay.render(overlay).images()).isNotEmpty().allSatisfy(image -> assertThat(image)
                .matches("[a-z0-9.]+/[a-z0-9./-]+:[A-Za-z0-9._-]*\\d.*"));
    }
}

package io.usher.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An overlay as {@code kubectl kustomize} puts it together. */
record Overlay(List<JsonNode> manifests) {
    private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();
    private static final String KUBECTL = version();

    /** A key of a Secret that somebody has to make. */
    record SecretKey(String name, String key) {}

    /** Skips the test where there is no kubectl with a kustomize of version 5 or later. */
    static Overlay render(String name) {
        assumeThat(KUBECTL).as("kubectl").matches("(?s).*kustomizeVersion: v([5-9]|\\d\\d).*");
        return RENDERED.computeIfAbsent(
                name, overlay -> new Overlay(Yaml.documents(kubectl("kustomize", "deploy/k8s/overlays/" + overlay))));
    }

    private static String version() {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        return installed ? kubectl("version", "--client", "--output=yaml") : "none";
    }

    private static String kubectl(String... arguments) {
        try {
            Process kubectl = new ProcessBuilder(Stream.concat(Stream.of("kubectl"), Stream.of(arguments))
                            .toList())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(kubectl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(kubectl.waitFor()).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Stream<JsonNode> ofKind(String kind) {
        return manifests.stream()
                .filter(manifest -> manifest.path("kind").asText().equals(kind));
    }

    boolean has(String kind, String name) {
        return ofKind(kind).anyMatch(manifest -> name(manifest).equals(name));
    }

    static Map<String, String> labels(JsonNode manifest) {
        return texts(manifest.at("/metadata/labels"));
    }

    List<JsonNode> podTemplates() {
        return manifests.stream()
                .map(manifest -> manifest.at("/spec/template"))
                .filter(JsonNode::isObject)
                .toList();
    }

    /** The labels of all pods: those of the templates, and those that the operator of CloudNativePG makes. */
    List<Map<String, String>> podLabels() {
        Stream<Map<String, String>> own = podTemplates().stream().map(Overlay::labels);
        Stream<Map<String, String>> instances =
                ofKind("Cluster").map(cluster -> Map.of("cnpg.io/cluster", name(cluster)));
        Stream<Map<String, String>> poolers =
                ofKind("Pooler").map(pooler -> Map.of("cnpg.io/poolerName", name(pooler)));
        return Stream.of(own, instances, poolers).flatMap(labels -> labels).toList();
    }

    /** The policies that hold for pods with such labels. */
    List<JsonNode> policies(Map<String, String> labels) {
        return ofKind("NetworkPolicy")
                .filter(policy -> labels.entrySet()
                        .containsAll(texts(policy.at("/spec/podSelector/matchLabels"))
                                .entrySet()))
                .toList();
    }

    /** Everything that picks pods by their labels; what picks those of other namespaces aside. */
    List<Map<String, String>> podSelectors() {
        Stream<JsonNode> workloads = Stream.of("Deployment", "StatefulSet", "PodDisruptionBudget")
                .flatMap(this::ofKind)
                .map(manifest -> manifest.at("/spec/selector/matchLabels"));
        Stream<JsonNode> services = ofKind("Service").map(service -> service.at("/spec/selector"));
        Stream<JsonNode> policies = ofKind("NetworkPolicy").map(policy -> policy.at("/spec/podSelector/matchLabels"));
        Stream<JsonNode> spreads = podTemplates().stream()
                .flatMap(pod -> each(pod.at("/spec/topologySpreadConstraints")))
                .map(spread -> spread.at("/labelSelector/matchLabels"));
        return Stream.of(workloads, services, policies, spreads)
                .flatMap(selectors -> selectors)
                .map(Overlay::texts)
                .toList();
    }

    List<JsonNode> containers() {
        return podTemplates().stream()
                .flatMap(pod ->
                        Stream.of("/spec/initContainers", "/spec/containers").flatMap(list -> each(pod.at(list))))
                .toList();
    }

    JsonNode container(String name) {
        return containers().stream()
                .filter(container -> container.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The volumes of the pods with such a container that lie on the node's disk, with the most that each may hold. */
    Map<String, BigDecimal> emptyDirs(String container) {
        return podTemplates().stream()
                .filter(pod -> each(pod.at("/spec/containers"))
                        .anyMatch(one -> name(one).equals(container)))
                .flatMap(pod -> each(pod.at("/spec/volumes")))
                .filter(volume -> volume.has("emptyDir"))
                .collect(Collectors.toMap(Overlay::name, volume -> bytes(volume.at("/emptyDir/sizeLimit"))));
    }

    static BigDecimal bytes(JsonNode quantity) {
        return Quantity.getAmountInBytes(Quantity.parse(quantity.asText()));
    }

    List<String> images() {
        Stream<String> databases =
                ofKind("Cluster").map(cluster -> cluster.at("/spec/imageName").asText());
        Stream<String> pods =
                containers().stream().map(container -> container.path("image").asText());
        return Stream.concat(databases, pods).toList();
    }

    List<String> referredConfigMaps() {
        return containers().stream()
                .flatMap(container -> each(container.path("envFrom")))
                .map(source -> source.at("/configMapRef/name").asText())
                .toList();
    }

    List<SecretKey> referredSecrets() {
        Stream<SecretKey> variables = containers().stream()
                .flatMap(container -> each(container.path("env")))
                .map(variable -> variable.at("/valueFrom/secretKeyRef"))
                .filter(JsonNode::isObject)
                .map(key ->
                        new SecretKey(key.path("name").asText(), key.path("key").asText()));
        Stream<SecretKey> files = podTemplates().stream()
                .flatMap(pod -> each(pod.at("/spec/volumes")))
                .filter(volume -> volume.has("secret"))
                .map(volume -> new SecretKey(volume.at("/secret/secretName").asText(), "*.pem"));
        return Stream.concat(variables, files).distinct().toList();
    }

    /** The names of all environment variables that are for the program. */
    List<String> settings() {
        List<String> names = new ArrayList<>();
        ofKind("ConfigMap").forEach(map -> names.addAll(texts(map.path("data")).keySet()));
        Stream.of("migrate", "usher")
                .flatMap(name -> each(container(name).path("env")))
                .forEach(variable -> names.add(name(variable)));
        return names;
    }

    String setting(String name) {
        return ofKind("ConfigMap")
                .map(map -> map.path("data").path(name).asText())
                .findFirst()
                .orElseThrow();
    }

    static String name(JsonNode node) {
        return node.has("metadata")
                ? node.at("/metadata/name").asText()
                : node.path("name").asText();
    }

    static Stream<JsonNode> each(JsonNode list) {
        return list.valueStream();
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}

package io.usher.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** Which name refers to which in an overlay: ports, volumes, targets. */
record Wiring(Overlay overlay) {
    /** Services and the ports, by number or name, that routes, ingresses and monitors send to: {@code usher:80}. */
    List<String> routed() {
        Stream<String> routes = overlay.ofKind("HTTPRoute")
                .flatMap(route -> each(route.at("/spec/rules")))
                .flatMap(rule -> each(rule.path("backendRefs")))
                .map(backend -> backend.path("name").asText() + ":"
                        + backend.path("port").asText());
        Stream<String> ingresses = overlay.ofKind("Ingress")
                .flatMap(ingress -> each(ingress.at("/spec/rules")))
                .flatMap(rule -> each(rule.at("/http/paths")))
                .map(path -> path.at("/backend/service"))
                .map(service -> service.path("name").asText() + ":"
                        + service.at("/port/name").asText());
        return Stream.concat(routes, ingresses).toList();
    }

    List<String> servicePorts() {
        return overlay.ofKind("Service")
                .flatMap(service -> each(service.at("/spec/ports")).flatMap(port -> Stream.of("port", "name")
                        .map(key -> Overlay.name(service) + ":" + port.path(key).asText())))
                .toList();
    }

    /** The services that a ServiceMonitor picks, with the port that it scrapes. */
    List<String> scraped() {
        return overlay.ofKind("ServiceMonitor")
                .flatMap(monitor -> overlay.ofKind("Service")
                        .filter(service -> Overlay.labels(service)
                                .entrySet()
                                .containsAll(Overlay.texts(monitor.at("/spec/selector/matchLabels"))
                                        .entrySet()))
                        .map(service -> Overlay.name(service) + ":"
                                + monitor.at("/spec/endpoints/0/port").asText()
                                + monitor.at("/spec/endpoints/0/path").asText()))
                .toList();
    }

    /** The container ports that services, policies and probes name. */
    List<String> namedPorts() {
        Stream<JsonNode> services = overlay.ofKind("Service")
                .flatMap(service -> each(service.at("/spec/ports")))
                .map(port -> port.has("targetPort") ? port.path("targetPort") : port.path("name"));
        Stream<JsonNode> policies = overlay.ofKind("NetworkPolicy")
                .flatMap(policy -> each(policy.at("/spec/ingress")))
                .flatMap(rule -> each(rule.path("ports")))
                .map(port -> port.path("port"))
                .filter(JsonNode::isTextual);
        Stream<JsonNode> probes = overlay.containers().stream()
                .flatMap(container -> Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                        .flatMap(probe -> container.path(probe).findValues("port").stream()));
        return Stream.of(services, policies, probes)
                .flatMap(ports -> ports)
                .map(JsonNode::asText)
                .toList();
    }

    List<String> containerPorts() {
        return overlay.containers().stream()
                .flatMap(container -> each(container.path("ports")))
                .map(Overlay::name)
                .toList();
    }

    List<String> mountedVolumes() {
        return overlay.containers().stream()
                .flatMap(container -> each(container.path("volumeMounts")))
                .map(Overlay::name)
                .toList();
    }

    List<String> volumes() {
        Stream<JsonNode> inPods = overlay.podTemplates().stream().flatMap(pod -> each(pod.at("/spec/volumes")));
        Stream<JsonNode> claims =
                overlay.ofKind("StatefulSet").flatMap(set -> each(set.at("/spec/volumeClaimTemplates")));
        return Stream.concat(inPods, claims).map(Overlay::name).toList();
    }

    List<String> scaledDeployments() {
        return overlay.ofKind("HorizontalPodAutoscaler")
                .map(scaler -> scaler.at("/spec/scaleTargetRef/name").asText())
                .toList();
    }

    /** Port number and path of a container's probe: {@code 9000/q/health/live}. */
    static String probe(JsonNode container, String kind) {
        JsonNode get = container.path(kind).path("httpGet");
        return port(container, get.path("port").asText()) + get.path("path").asText();
    }

    static int port(JsonNode container, String name) {
        return each(container.path("ports"))
                .filter(port -> Overlay.name(port).equals(name))
                .findFirst()
                .orElseThrow()
                .path("containerPort")
                .asInt();
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return Overlay.each(list);
    }
}

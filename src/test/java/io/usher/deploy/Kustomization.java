package io.usher.deploy;

import java.util.List;
import java.util.Map;

/** What of a kustomization deploy/ uses. */
record Kustomization(
        String apiVersion,
        String kind,
        String namespace,
        List<String> resources,
        List<String> components,
        List<Labels> labels,
        List<Image> images,
        List<Replicas> replicas,
        List<Generator> configMapGenerator,
        List<Patch> patches) {
    record Labels(Map<String, String> pairs) {}

    record Image(String name, String newName, String newTag) {}

    record Replicas(String name, int count) {}

    record Generator(String name, String behavior, List<String> literals) {}

    record Patch(String path) {}
}

package io.usher.deploy;

import java.util.List;
import java.util.Map;

/**
 * What of CloudNativePG's custom resources deploy/ uses, as its CRDs of version 1.30 have it
 * (<a href="https://cloudnative-pg.io/docs/1.30/cloudnative-pg.v1">API reference</a>).
 */
final class CloudNativePg {
    private CloudNativePg() {}

    record Cluster(String apiVersion, String kind, Metadata metadata, ClusterSpec spec) {}

    record Pooler(String apiVersion, String kind, Metadata metadata, PoolerSpec spec) {}

    record Metadata(String name, String namespace, Map<String, String> labels) {}

    record ClusterSpec(
            int instances,
            String imageName,
            Bootstrap bootstrap,
            PostgresConfiguration postgresql,
            Storage storage,
            Resources resources) {}

    record Bootstrap(InitDb initdb) {}

    record InitDb(String database, String owner, List<String> postInitApplicationSQL) {}

    record PostgresConfiguration(Synchronous synchronous, Map<String, String> parameters) {}

    record Synchronous(SynchronousMethod method, int number) {}

    enum SynchronousMethod {
        any,
        first
    }

    record Storage(String size) {}

    record Resources(Map<String, String> requests, Map<String, String> limits) {}

    record PoolerSpec(ClusterName cluster, int instances, PoolerType type, PgBouncer pgbouncer) {}

    record ClusterName(String name) {}

    enum PoolerType {
        rw,
        ro,
        r
    }

    record PgBouncer(PoolMode poolMode, Map<String, String> parameters) {}

    enum PoolMode {
        session,
        transaction
    }
}

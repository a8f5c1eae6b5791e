package io.usher.bench;

import io.smallrye.mutiny.Uni;
import io.usher.cache.LuaScript;
import io.usher.cache.RedisGateway;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * What the service is held against: the least that an answer can cost on its own stack, in the same process, behind the same filters, through the
 * same pools and JSON. Compiled into the package by the profile {@code bench} alone.
 */
@Path("/bench")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
class CeilingResource {
    private static final String SELECT = "select id, email, name, status, version from users where id = $1";
    private static final String UPDATE =
            "update user_quotas set used = used + 1 where user_id = $1 and resource = 'image' returning used";

    private static final LuaScript GET = LuaScript.ofSource("return redis.call('get', KEYS[1])");

    private final Pool pool;
    private final Redis redis;
    private final RedisGateway gateway;

    @Inject
    CeilingResource(Pool pool, Redis redis, RedisGateway gateway) {
        this.pool = pool;
        this.redis = redis;
        this.gateway = gateway;
    }

    record Nothing(boolean ok) {}

    record Selected(UUID id, String email, String name, String status, long version) {}

    record Kept(String value) {}

    record Updated(long used) {}

    /** Routing, filters, JSON. */
    @GET
    @Path("/nothing")
    @Operation(hidden = true)
    public Uni<Nothing> nothing() {
        return Uni.createFrom().item(() -> new Nothing(true));
    }

    /** One prepared select by primary key. */
    @GET
    @Path("/select/{id}")
    @Operation(hidden = true)
    public Uni<Selected> select(@PathParam("id") UUID id) {
        return pool.preparedQuery(SELECT).execute(Tuple.of(id)).map(CeilingResource::selected);
    }

    private static Selected selected(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new Selected(row.getUUID(0), row.getString(1), row.getString(2), row.getString(3), row.getLong(4));
    }

    /** One GET, through the client that Quarkus gives to everybody. */
    @GET
    @Path("/redis/{key}")
    @Operation(hidden = true)
    public Uni<Kept> redis(@PathParam("key") String key) {
        return Uni.createFrom()
                .completionStage(
                        () -> redis.send(Request.cmd(Command.GET).arg(key)).toCompletionStage())
                .map(value -> new Kept(String.valueOf(value)));
    }

    /** A script that does one GET, by the way that the service itself takes: the least that it can ask of Redis. */
    @GET
    @Path("/script/{key}")
    @Operation(hidden = true)
    public Uni<Kept> script(@PathParam("key") String key) {
        return gateway.run(GET, List.of(key), List.of()).map(value -> new Kept(String.valueOf(value)));
    }

    /** The same twice, one behind the other. */
    @GET
    @Path("/scripts/{key}")
    @Operation(hidden = true)
    public Uni<Kept> scripts(@PathParam("key") String key) {
        return script(key).chain(() -> script(key));
    }

    /** A script, and then a select: what a request costs at least whose caller is known by Redis and whose answer by PostgreSQL. */
    @GET
    @Path("/script-select/{id}")
    @Operation(hidden = true)
    public Uni<Selected> scriptAndSelect(@PathParam("id") UUID id) {
        return script(id.toString()).chain(() -> select(id));
    }

    /** One {@code update … returning} in a transaction. */
    @POST
    @Path("/update/{id}")
    @Operation(hidden = true)
    public Uni<Updated> update(@PathParam("id") UUID id) {
        return pool.withTransaction(connection -> update(connection, id));
    }

    private static Uni<Updated> update(SqlConnection connection, UUID id) {
        return connection
                .preparedQuery(UPDATE)
                .execute(Tuple.of(id))
                .map(rows -> new Updated(rows.iterator().next().getLong(0)));
    }
}

package io.usher.web.request;

import io.netty.channel.ChannelPipeline;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lets the answer to a request take longer than a connection may be idle ({@code quarkus.http.idle-timeout}), which else cuts it off. */
@ApplicationScoped
public class LongRequest {
    /** Vert.x's name for the handler that watches a connection. */
    private static final String WATCH = "idle";

    private final CurrentVertxRequest current;

    @Inject
    LongRequest(CurrentVertxRequest current) {
        this.current = current;
    }

    /**
     * From here on the present request's connection may be idle; it is closed after the answer. For operations that few may call: only once
     * the caller is known to be one of them.
     */
    public void begin() {
        RoutingContext context = current.getCurrent();
        if (context != null && context.request().version() != HttpVersion.HTTP_2) {
            unwatch(context.request());
            context.response().putHeader("Connection", "close");
            context.addEndHandler(ended -> context.request().connection().close());
        }
    }

    private static void unwatch(HttpServerRequest request) {
        ChannelPipeline pipeline =
                ((ConnectionBase) request.connection()).channel().pipeline();
        if (pipeline.get(WATCH) != null) {
            pipeline.remove(WATCH);
        }
    }
}

package io.usher.web.request;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestMulti;

/**
 * Answers with a file that is made while it is sent. What fails before its first byte is answered as ever; what fails later breaks the
 * connection, so that nobody takes half a file for a whole one. A client that goes away cancels what makes it.
 */
@ApplicationScoped
public class Download {
    private static final Logger LOG = Logger.getLogger(Download.class);

    private final CurrentVertxRequest current;

    @Inject
    Download(CurrentVertxRequest current) {
        this.current = current;
    }

    /** The answer to the present request, for a resource method that declares no media type. */
    public Multi<byte[]> send(String mediaType, String fileName, Multi<byte[]> content) {
        RoutingContext context = Objects.requireNonNull(current.getCurrent());
        Multi<byte[]> visible = content.onFailure()
                .recoverWithMulti(failure -> context.response().headWritten()
                        ? broken(context, failure)
                        : Multi.createFrom().failure(failure));
        return RestMulti.fromMultiData(visible)
                .header(HttpHeaders.CONTENT_TYPE, mediaType)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + fileName + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static Multi<byte[]> broken(RoutingContext context, Throwable failure) {
        LOG.warnf("A download broke off, and its connection was closed: %s", failure.toString());
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.response().reset();
        } else {
            context.request().connection().close();
        }
        return Multi.createFrom().nothing();
    }
}

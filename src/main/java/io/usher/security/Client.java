package io.usher.security;

import io.usher.web.Text;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from.
 *
 * @param ip the peer's address, or the one a trusted proxy names
 * @param userAgent its User-Agent, cut to 512 printable characters
 */
public record Client(String ip, @Nullable String userAgent) {
    private static final int MAX_IP = 64;
    private static final int MAX_USER_AGENT = 512;

    /** Quarkus has put the address that a trusted proxy names in the peer's place already ({@code quarkus.http.proxy.*}). */
    static Client of(HttpServerRequest request) {
        String agent = request.getHeader("User-Agent");
        return new Client(
                ip(request.remoteAddress()),
                agent == null || agent.isBlank() ? null : Text.printable(agent, MAX_USER_AGENT));
    }

    private static String ip(@Nullable SocketAddress peer) {
        String host = peer == null ? null : peer.hostAddress() != null ? peer.hostAddress() : peer.host();
        if (host == null) {
            return "unknown";
        }
        int zone = host.indexOf('%');
        return Text.printable(zone < 0 ? host : host.substring(0, zone), MAX_IP);
    }
}

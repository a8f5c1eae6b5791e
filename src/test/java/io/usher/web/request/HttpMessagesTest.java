package io.usher.web.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.usher.testing.LogCapture;
import io.usher.testing.UsherTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are made to be read differently by a proxy in front and by the service, sent byte for byte. */
@UsherTest
class HttpMessagesTest {
    private static final String NEXT = "GET /api/auth/me HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** RFC 9112, section 6.3: the body is what the chunks say, and the other length does not count. */
    @Test
    void ofTwoLengthsTheChunksCount() throws IOException {
        String answers = send("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + (5 + NEXT.length()) + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + NEXT);

        assertThat(answers).startsWith("HTTP/1.1 400").contains("HTTP/1.1 401", "/problems/unauthenticated");
    }

    /** With a 400, or by ending the connection; nothing that follows is served. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2\r\nContent-Length: 3",
                "Content-Length: 2, 3",
                "Content-Length: -1",
                "Content-Length: +2",
                "Content-Length : 2",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Transfer-Encoding: xchunked"
            })
    void aLengthThatCanBeReadInTwoWaysIsRefused(String headers) throws IOException {
        String answer = send("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + headers + "\r\n\r\n{}" + NEXT);

        assertThat(answer).matches("(?s)(HTTP/1.1 400.*)?").doesNotContain("/problems/unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a b\r\n", "Host: [::1\r\n", "Host: x:abc\r\n", "Host: x:99999\r\n"})
    void aRequestToNoHostIsRefused(String host) throws IOException {
        try (LogCapture log = new LogCapture()) {
            String answer = send("GET /api/auth/me HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n");

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .containsIgnoringCase("\r\nx-request-id: ")
                    .contains("'Host'");
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    /** Cut off at the semicolon, or with a sign for what is no text, they would be the ids of something else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/users/me/dispensers/WO1;2",
                "/api/users;x=1/me",
                "/api/users/me/dispensers/%FF",
                "/api/users/me/provers/a%C3",
                "/api/users?q=%fe"
            })
    void anAddressThatWouldNameSomethingElseIsRefused(String address) throws IOException {
        assertThat(send("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("validation_failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/users?q=a;b",
                "/api/users/me/dispensers/WO1%3B2",
                "/api/users/me/dispensers/%C3%A9%E2%82%AC"
            })
    void anAddressThatNamesWhatItSaysIsServed(String address) throws IOException {
        assertThat(send("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 401");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/auth/me", "/api/users", "/q/openapi", "/problems/forbidden"})
    void nothingIsTraced(String path) throws IOException {
        String answer =
                send("TRACE " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Mark: echo-me\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 405.*\nAllow: GET, HEAD.*").doesNotContain("echo-me");
    }

    /** Sends, and reads what comes until the connection is closed, or nothing more comes. */
    private static String send(String message) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.setSoTimeout(1_500);
            socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.getInputStream().transferTo(answer);
        } catch (SocketTimeoutException e) {
            // it keeps the connection, and has said all that it has to say
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}

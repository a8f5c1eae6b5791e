package io.usher.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Requests as they go over the wire. */
final class Requests {
    private static final String END = "\r\n\r\n";

    private Requests() {}

    static byte[] get(String path, Account account) {
        return bytes("GET " + path + " HTTP/1.1\r\n" + headers(account) + END, "");
    }

    static byte[] get(String path) {
        return bytes("GET " + path + " HTTP/1.1\r\nHost: localhost" + END, "");
    }

    static byte[] post(String path) {
        return post(path, "Host: localhost", "application/json", "{}");
    }

    static byte[] post(String path, Account account, String json) {
        return post(path, headers(account), "application/json", json);
    }

    static byte[] postAnonymously(String path, String json) {
        return post(path, "Host: localhost", "application/json", json);
    }

    static byte[] postForm(String path, Account account, String form) {
        return post(path, headers(account), "application/x-www-form-urlencoded", form);
    }

    private static byte[] post(String path, String headers, String type, String body) {
        return bytes(
                "POST " + path + " HTTP/1.1\r\n" + headers + "\r\nContent-Type: " + type + "\r\nContent-Length: "
                        + body.getBytes(UTF_8).length + END,
                body);
    }

    private static String headers(Account account) {
        return "Host: localhost\r\nAuthorization: Bearer " + account.accessToken();
    }

    private static byte[] bytes(String head, String body) {
        return (head + body).getBytes(UTF_8);
    }

    /** One after another in no order, the same order in every run. */
    static Generator.Script anyOf(List<byte[]> requests) {
        Random random = new Random(1);
        return connection -> requests.get(random.nextInt(requests.size()));
    }
}

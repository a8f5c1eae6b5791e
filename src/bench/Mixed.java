import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code start.sh} asks of the service before it looks at its memory: of a thousand requests 550 are reads, 200 lists and searches,
 * 120 consumes, 80 patches, 29 generations, 10 logins, 10 new users and one an export of all users. Ends with 1 at the first answer that is no success.
 */
class Mixed {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String api;
    private final String login;
    private final String run = Long.toString(System.nanoTime(), 36);
    private final String token;
    private final String admin;

    private Mixed(String api, String username, String password) throws Exception {
        this.api = api;
        this.login = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(username, password);
        this.token = first(TOKEN, send("POST", "/auth/login", login, null));
        this.admin = first(ID, send("GET", "/auth/me", null, token));
    }

    public static void main(String[] arguments) throws Exception {
        int requests = Integer.parseInt(arguments[3]);
        int clients = Integer.parseInt(arguments[4]);
        Mixed mixed = new Mixed(arguments[0], arguments[1], arguments[2]);
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Exception> failure = new AtomicReference<>();
        ExecutorService pool = Executors.newFixedThreadPool(clients);
        for (int i = 0; i < clients; i++) {
            pool.execute(() -> mixed.askUntil(requests, next, failure));
        }
        pool.shutdown();
        if (!pool.awaitTermination(10, TimeUnit.MINUTES) || failure.get() != null) {
            System.err.println(failure.get());
            System.exit(1);
        }
    }

    private void askUntil(int requests, AtomicInteger next, AtomicReference<Exception> failure) {
        try {
            for (int n = next.getAndIncrement(); n < requests && failure.get() == null; n = next.getAndIncrement()) {
                ask(n);
            }
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
    }

    /** 617 has no divisor in common with 1000: the kinds follow each other, instead of coming in blocks. */
    private void ask(int n) throws Exception {
        int kind = n * 617 % 1000;
        if (kind < 300) {
            send("GET", "/auth/me", null, token);
        } else if (kind < 400) {
            send("GET", "/quotas/me", null, token);
        } else if (kind < 550) {
            send("GET", "/users/" + admin, null, token);
        } else if (kind < 650) {
            send("GET", "/users?limit=50&sort=name", null, token);
        } else if (kind < 750) {
            send("GET", "/users?q=mixed", null, token);
        } else if (kind < 870) {
            send("POST", "/quotas/image/consume", "{\"amount\":1}", token);
        } else if (kind < 950) {
            send("PATCH", "/users/" + admin, "{\"city\":\"City " + n + "\"}", token);
        } else if (kind < 979) {
            send("POST", "/generations", "{\"type\":\"image\",\"prompt\":\"A lighthouse\"}", token);
        } else if (kind < 989) {
            send("POST", "/auth/login", login, null);
        } else if (kind < 999) {
            send(
                    "POST",
                    "/users",
                    "{\"email\":\"mixed-%s-%d@example.com\",\"name\":\"Mixed\"}".formatted(run, n),
                    token);
        } else {
            send("GET", "/admin/users/export?format=csv", null, token);
        }
    }

    private String send(String method, String path, String body, String bearer) throws Exception {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(api + path)).method(method, publisher);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        var response = http.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException(text);
        }
        return matcher.group(1);
    }
}

package io.usher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Local mode whose disk has no room left: a file system in memory, mounted for the test, which takes root; it is skipped where that is not
 * allowed.
 */
class DiskFullIT {
    private static final Duration BACK = Duration.ofSeconds(30);
    private static final int MOST_WRITES = 400;

    @TempDir
    Path folder;

    private boolean mounted;

    @BeforeEach
    void mountASmallDisk() {
        mounted = ran("mount", "-t", "tmpfs", "-o", "size=512m,mode=0777", "tmpfs", folder.toString());
        Assumptions.assumeTrue(mounted, "no file system may be mounted here: run it as root");
    }

    @AfterEach
    void unmount() {
        if (mounted) {
            await().atMost(BACK).until(() -> ran("umount", folder.toString()));
        }
    }

    @Test
    void writesAreProblemsUntilThereIsRoomAndNothingIsLost() throws IOException {
        Path data = folder.resolve("data");
        Path ballast = folder.resolve("ballast");
        int before;
        try (PackagedUsher usher = PackagedUsher.local(data)) {
            String token = token(usher);
            fill(ballast);

            HttpResponse<String> problem = writeUntilItFails(usher, token);

            assertThat(problem.statusCode()).as(problem.body()).isEqualTo(503);
            assertThat(new JsonObject(problem.body()).getString("code")).isEqualTo("dependency_unavailable");
            assertThat(problem.headers().firstValue("Retry-After")).isPresent();
            Files.delete(ballast);
            await().atMost(BACK).until(() -> create(usher, token).statusCode() == 201);
            before = users(usher, token);
        }
        fill(ballast);
        try (PackagedUsher refused = PackagedUsher.launch(data, Map.of())) {
            assertThat(refused.awaitExit()).isEqualTo(1);
            assertThat(refused.output())
                    .contains("Make room", "USHER_LOCAL_DATA_DIR")
                    .doesNotContain("\tat ");
        }
        Files.delete(ballast);
        try (PackagedUsher again = PackagedUsher.local(data)) {
            assertThat(users(again, token(again))).isEqualTo(before);
        }
    }

    /** Creates users with long notes, which PostgreSQL has to find pages for. */
    private static HttpResponse<String> writeUntilItFails(PackagedUsher usher, String token) {
        HttpResponse<String> last = create(usher, token);
        for (int i = 0; i < MOST_WRITES && last.statusCode() == 201; i++) {
            last = create(usher, token);
        }
        return last;
    }

    private static HttpResponse<String> create(PackagedUsher usher, String token) {
        String email = "user-" + UUID.randomUUID() + "@example.com";
        return usher.send(
                "POST",
                "/api/users",
                token,
                new JsonObject().put("email", email).put("notes", noise()));
    }

    /** What PostgreSQL cannot compress. */
    private static String noise() {
        byte[] bytes = new byte[1_400];
        new Random().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static int users(PackagedUsher usher, String token) {
        return new JsonObject(
                        usher.send("GET", "/api/users?limit=1", token, null).body())
                .getInteger("total");
    }

    private static String token(PackagedUsher usher) {
        return new JsonObject(usher.login(PackagedUsher.ADMIN_EMAIL, PackagedUsher.ADMIN_PASSWORD)
                        .body())
                .getString("token");
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[64 * 1024];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (; ; ) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean ran(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package io.usher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code QUARKUS_PROFILE=local java -jar quarkus-run.jar}, as processes on this machine. */
class LocalPackageIT {
    @TempDir
    Path folder;

    @Test
    void servesWithSettingsFromTheEnvironmentAndLeavesNothingBehindWhenStopped() {
        try (PackagedUsher usher = PackagedUsher.local(folder)) {
            assertThat(usher.get("/q/openapi").statusCode()).isEqualTo(200);
            assertThat(usher.getManagement("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(usher.login(PackagedUsher.ADMIN_EMAIL, PackagedUsher.ADMIN_PASSWORD)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(usher.servers()).isNotEmpty();

            assertThat(usher.terminate()).isEqualTo(143);

            assertThat(usher.servers()).isEmpty();
            assertThat(usher.output()).doesNotContain(" WARN ", " ERROR ", "Exception", PackagedUsher.ADMIN_PASSWORD);
        }
    }

    @Test
    void showsAMadeUpPasswordThatWorksOnceAndKeepsIt() {
        String password;
        try (PackagedUsher first = PackagedUsher.launch(folder, Map.of()).awaitRunning()) {
            await().until(() -> first.output().contains("Password  "));
            password = first.output()
                    .lines()
                    .filter(line -> line.contains("Password  "))
                    .findFirst()
                    .orElseThrow()
                    .strip()
                    .split(" +")[1];
            assertThat(first.login("admin@usher.localhost", password).statusCode())
                    .isEqualTo(200);
        }
        try (PackagedUsher second = PackagedUsher.launch(folder, Map.of()).awaitRunning()) {
            assertThat(second.login("admin@usher.localhost", password).statusCode())
                    .isEqualTo(200);
            assertThat(second.output()).doesNotContain("Password  ");
        }
    }

    @Test
    void twoWithFoldersOfTheirOwnDoNotDisturbEachOther() {
        try (PackagedUsher one = PackagedUsher.local(folder.resolve("one"));
                PackagedUsher two = PackagedUsher.local(folder.resolve("two"))) {
            assertThat(one.servers()).doesNotContainAnyElementsOf(two.servers());

            one.terminate();

            assertThat(one.servers()).isEmpty();
            assertThat(two.getManagement("/q/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aSecondOnTheSameFolderIsRefusedAndTheFirstGoesOn() {
        try (PackagedUsher first = PackagedUsher.local(folder);
                PackagedUsher second = PackagedUsher.launch(folder, Map.of())) {
            List<ProcessHandle> servers = first.servers();

            assertThat(second.awaitExit()).isEqualTo(1);

            assertThat(second.output().lines())
                    .singleElement()
                    .asString()
                    .contains("in use by another Usher", "USHER_LOCAL_DATA_DIR");
            assertThat(first.servers())
                    .containsAll(servers.stream().filter(ProcessHandle::isAlive).toList());
            assertThat(first.getManagement("/q/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void recoversWhatWasCommittedWhenItWasKilledAndItsServersStillRun() throws Exception {
        try (PackagedUsher killed = PackagedUsher.local(folder)) {
            write(killed);
            List<ProcessHandle> servers = killed.servers();

            killed.kill();

            assertThat(servers.stream().filter(ProcessHandle::isAlive))
                    .as("servers that outlived it")
                    .isNotEmpty();
            try (PackagedUsher next = PackagedUsher.local(folder)) {
                assertThat(read(next)).isEqualTo("committed, fsync on");
                assertThat(next.servers()).doesNotContainAnyElementsOf(servers);
                assertThat(next.login(PackagedUsher.ADMIN_EMAIL, PackagedUsher.ADMIN_PASSWORD)
                                .statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private static void write(PackagedUsher usher) throws Exception {
        try (Connection connection = usher.database();
                Statement statement = connection.createStatement()) {
            statement.execute("create table recovered as select 'committed' as word");
        }
    }

    private static String read(PackagedUsher usher) throws Exception {
        try (Connection connection = usher.database();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select word || ', fsync ' || current_setting('fsync') from recovered")) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }
}

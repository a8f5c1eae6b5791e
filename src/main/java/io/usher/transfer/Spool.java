package io.usher.transfer;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Files that wait for their jobs: on the disk of the replica that took them in, for nobody else to read. */
@ApplicationScoped
class Spool {
    private static final Logger LOG = Logger.getLogger(Spool.class);
    private static final String SUFFIX = ".users";
    private static final int BUFFER = 1 << 16;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

    private final Path folder;

    @Inject
    Spool(ImportConfig config) {
        this.folder = config.spoolDir();
    }

    /** Takes a file in, as it comes. Fails with {@code overloaded} where there is no room for it. */
    Uni<Void> store(UUID job, InputStream body) {
        return onWorker(() -> {
            copy(job, body);
            return null;
        });
    }

    InputStream open(UUID job) {
        try {
            return Files.newInputStream(file(job));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a job's file, if there is one. What fails is tried again with what is left over. */
    Uni<Void> delete(UUID job) {
        return onWorker(() -> {
            try {
                Files.deleteIfExists(file(job));
            } catch (IOException e) {
                LOG.warnf("The file of an ended job could not be deleted, and will be later: %s", file(job));
            }
            return null;
        });
    }

    /** The jobs whose files are here, perhaps with those of other processes. */
    Uni<List<UUID>> jobs() {
        return onWorker(() -> {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(SUFFIX))
                        .map(name -> UUID.fromString(name.substring(0, name.length() - SUFFIX.length())))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void copy(UUID job, InputStream body) {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = create(job)) {
            for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            LOG.errorf("A file of users could not be kept for its job in %s: %s", folder, e);
            throw ProblemException.retryAfter(
                    ProblemCode.OVERLOADED, "There is no room for the file at the moment.", RETRY_AFTER);
        }
    }

    /** Temporary files of Java are their owner's alone (0600) from the start; so is what one is renamed to. */
    private OutputStream create(UUID job) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.move(Files.createTempFile(folder, job.toString(), ".new"), file(job));
        return Files.newOutputStream(file);
    }

    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw FileText.incomplete();
        }
    }

    private Path file(UUID job) {
        return folder.resolve(job + SUFFIX);
    }

    private static <T> Uni<T> onWorker(Supplier<@Nullable T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }
}

package io.usher.local;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.usher.config.StartRefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process off a data folder. The system gives the lock back when the process ends, however it ends; before that it lasts as
 * long as this object is reachable.
 */
final class DataFolderLock {
    private final FileChannel channel;

    private DataFolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws StartRefusedException where another process has the folder */
    static DataFolderLock take(Path home) {
        Path file = home.resolve("usher.lock");
        try {
            FileChannel channel = FileChannel.open(file, CREATE, WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw inUse(home);
            }
            return new DataFolderLock(channel);
        } catch (IOException e) {
            throw new StartRefusedException("The data folder " + home + " cannot be locked: " + e, e);
        }
    }

    void release() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static StartRefusedException inUse(Path home) {
        return new StartRefusedException(
                "The data folder " + home + " is in use by another Usher. Stop that one, or set"
                        + " usher.local.data-dir (USHER_LOCAL_DATA_DIR) to another folder.");
    }
}

package io.usher.web;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.stream.Collectors;

/** The most that the body of a request may have. */
@Singleton
public class BodyLimits {
    /** What is taken in of a body after its limit: many clients look for the answer only when they have sent all of it (RFC 9112, section 9.6). */
    private static final long ROOM = 1L << 20;

    private static final long ROOM_OF_LARGE = 64L << 20;

    private final long ordinary;
    private final Map<String, Long> large;

    @Inject
    BodyLimits(BodyConfig config, @Any Instance<LargeBody> large) {
        this.ordinary = config.maxSize().asLongValue();
        this.large = large.stream().collect(Collectors.toUnmodifiableMap(LargeBody::path, LargeBody::max));
    }

    /** In bytes, for all operations but those that say otherwise. */
    public long ordinary() {
        return ordinary;
    }

    /** In bytes, for a path. */
    public long of(String path) {
        return large.getOrDefault(path, ordinary);
    }

    /** In bytes, for a path: where the connection is closed under who still sends. Between the limit and this nothing is kept. */
    public long admitted(String path) {
        return of(path) + (large.containsKey(path) ? ROOM_OF_LARGE : ROOM);
    }

    /** The problem of a body that has more. */
    public static ProblemException tooLarge(long max) {
        return ProblemException.of(
                ProblemCode.PAYLOAD_TOO_LARGE,
                "The body has more than " + max + " bytes, which is the most that is read.");
    }

    /**
     * The body of the operation at this path, which fails with {@code payload_too_large} where it goes on beyond the limit, after the rest is taken
     * in as far as it is {@link #admitted}.
     */
    public InputStream counted(InputStream body, String path) {
        return new Counted(body, of(path), admitted(path));
    }

    private static final class Counted extends FilterInputStream {
        private final long max;
        private final long admitted;
        private long count;

        Counted(InputStream body, long max, long admitted) {
            super(body);
            this.max = max;
            this.admitted = admitted;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            count(read);
            return read;
        }

        private void count(int read) throws IOException {
            count += Math.max(0, read);
            if (count > max) {
                takeIn();
                throw tooLarge(max);
            }
        }

        private void takeIn() throws IOException {
            byte[] buffer = new byte[1 << 13];
            for (int read = 0; read >= 0 && count + buffer.length < admitted; read = in.read(buffer)) {
                count += read;
            }
        }
    }
}

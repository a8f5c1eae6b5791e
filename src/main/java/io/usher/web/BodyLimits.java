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

    /** The problem of a body that has more. */
    public static ProblemException tooLarge(long max) {
        return ProblemException.of(
                ProblemCode.PAYLOAD_TOO_LARGE,
                "The body has more than " + max + " bytes, which is the most that is read.");
    }

    /** The body of the operation at this path, which fails with {@code payload_too_large} where it goes on beyond the limit. */
    public InputStream counted(InputStream body, String path) {
        return new Counted(body, of(path));
    }

    private static final class Counted extends FilterInputStream {
        private final long max;
        private long left;

        Counted(InputStream body, long max) {
            super(body);
            this.max = max;
            this.left = max;
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

        private void count(int read) {
            left -= Math.max(0, read);
            if (left < 0) {
                throw tooLarge(max);
            }
        }
    }
}

package io.usher.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** What a login costs at least: one comparison by the same library at the same cost, on as many threads as there are cores. */
final class BcryptProbe implements Probe {
    static final int COST = 12;

    private static final byte[] PASSWORD = UserRows.PASSWORD.getBytes(StandardCharsets.UTF_8);

    private final String hash;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Workers workers = new Workers(threads);

    BcryptProbe(String hash) {
        this.hash = hash;
    }

    /** The hash that all users of the benchmark have. */
    static String hash() {
        return OpenBSDBCrypt.generate("2b", PASSWORD, "usher benchmark!".getBytes(StandardCharsets.US_ASCII), COST);
    }

    @Override
    public String name() {
        return "bare bcrypt, a thread a core";
    }

    @Override
    public int concurrency() {
        return threads;
    }

    @Override
    public void run(Duration time, Tally tally) throws Exception {
        workers.run(thread -> compare(), time, tally);
    }

    private void compare() {
        if (!OpenBSDBCrypt.checkPassword(hash, PASSWORD)) {
            throw new IllegalStateException("wrong password");
        }
    }

    @Override
    public CpuTime cpu() {
        return new CpuTime(0, 0, 0, CpuTime.of(ProcessHandle.current().pid()));
    }

    @Override
    public void close() {
        workers.close();
    }
}

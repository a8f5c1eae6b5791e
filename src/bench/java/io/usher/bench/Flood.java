package io.usher.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Whether those who are signed in notice that many others log in. */
final class Flood implements Scenario {
    private static final int READERS = 4;
    private static final int LOGINS = 64;

    @Override
    public String name() {
        return "flood";
    }

    @Override
    public Section section() {
        return new Section(
                "Reads while 64 connections log in",
                "GET of one's own view over 4 connections, alone and while 64 others log in as fast as they can. Logins that find no core and no place"
                        + " in the queue are meant to be answered 503.");
    }

    @Override
    public void run(Run run, Section section) throws Exception {
        Tally logins = new Tally("the logins meanwhile", LOGINS);
        List<byte[]> reads = OwnView.requests(run.many());
        List<Tally> found = run.race(
                run.many().http("reads alone", READERS, reads),
                new Flooded(run.many(), new HttpProbe("reads", run.many(), READERS, Requests.anyOf(reads)), logins));
        Tally alone = found.get(0);
        Tally flooded = found.get(1);
        section.figures(flooded, logins)
                .ceilings(alone)
                .verdict(Verdict.atMost(
                        "p99 of reads, against alone",
                        4,
                        "×",
                        () -> flooded.millis(99) / alone.millis(99),
                        flooded,
                        alone));
    }

    /** Reads, beside which logins run that are counted by themselves. */
    private static final class Flooded implements Probe {
        private final HttpProbe reads;
        private final Generator flood;
        private final Generator.Script script;
        private final Tally logins;

        Flooded(World world, HttpProbe reads, Tally logins) {
            this.reads = reads;
            this.flood = new Generator(world.service().port(), LOGINS);
            this.script = Requests.anyOf(Login.requests(world));
            this.logins = logins;
        }

        @Override
        public String name() {
            return "reads during the flood";
        }

        @Override
        public int concurrency() {
            return READERS;
        }

        @Override
        public void run(Duration time, Tally tally) throws Exception {
            CompletableFuture<Void> flooding = CompletableFuture.runAsync(() -> logIn(time));
            reads.run(time, tally);
            flooding.get();
        }

        private void logIn(Duration time) {
            try {
                flood.run(script, time, logins);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }

        @Override
        public CpuTime cpu() {
            return reads.cpu();
        }

        @Override
        public void close() throws IOException {
            reads.close();
            flood.close();
        }
    }
}

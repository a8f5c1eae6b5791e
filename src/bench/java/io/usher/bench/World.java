package io.usher.bench;

import java.io.IOException;
import java.util.List;

/** A database of users, the service that runs on it, and who sends requests to it. */
record World(
        String name,
        int users,
        Servers servers,
        Database database,
        UsherProcess service,
        Accounts accounts,
        Needles needles)
        implements AutoCloseable {

    /** An HTTP probe of this world, over so many connections. */
    HttpProbe http(String what, int connections, Generator.Script script) {
        return new HttpProbe(what, this, connections, script);
    }

    /** One that sends these requests in no order. */
    HttpProbe http(String what, int connections, List<byte[]> requests) {
        return http(what, connections, Requests.anyOf(requests));
    }

    /** A probe of what the database does without the service, on so many connections. */
    SqlProbe sql(String what, int connections, SqlProbe.Work work) {
        return new SqlProbe(what, this, connections, work);
    }

    /** What the processes have used so far. */
    CpuTime cpu() {
        try {
            return new CpuTime(
                    CpuTime.of(service.pid()),
                    CpuTime.ofFamily(servers.postgresPid()),
                    CpuTime.of(servers.redisPid()),
                    CpuTime.of(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}

package io.usher.bench;

import java.io.IOException;
import java.time.Duration;

/** Requests to the service, over connections that stay. */
final class HttpProbe implements Probe {
    private final String name;
    private final World world;
    private final Generator.Script script;
    private final Generator generator;

    HttpProbe(String name, World world, int connections, Generator.Script script) {
        this.name = name;
        this.world = world;
        this.script = script;
        this.generator = new Generator(world.service().port(), connections);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int concurrency() {
        return generator.connections();
    }

    @Override
    public void run(Duration time, Tally tally) throws Exception {
        generator.run(script, time, tally);
    }

    @Override
    public CpuTime cpu() {
        return world.cpu();
    }

    @Override
    public void close() throws IOException {
        generator.close();
    }
}

package io.usher.fieldwork;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** RFC 8785 and SHA-256 of scraped content of some three kilobytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChecksumBenchmark {
    private ObjectNode content;

    @Setup
    public void parse() throws JsonProcessingException {
        JsonMapper json = new JsonMapper();
        content = json.createObjectNode();
        for (int i = 0; i < 20; i++) {
            content.set(
                    "dispenser" + (97 * i % 20),
                    json.readTree("{\"make\":\"Gilbarco\",\"model\":\"Encore 700\",\"serial\":\"EN-00" + i
                            + "\",\"grades\":[\"regular\",\"plus\",\"premium\"],\"price\":3.49,\"meters\":[1,2,3,4]}"));
        }
    }

    @Benchmark
    public String checksum() {
        return Checksum.of(content);
    }
}

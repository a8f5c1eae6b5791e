package io.usher.security;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.usher.config.UsherConfig;
import io.usher.testing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** RS256 with 2048 bit: verified by every request, signed by every login and refresh. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AccessTokenBenchmark {
    private static final Set<String> ROLES = Set.of(Caller.CUSTOMER);

    private AccessTokens tokens;
    private String token;

    @Setup
    public void sign() throws IOException {
        Path folder = Files.createTempDirectory("usher-bench-keys");
        SigningKeys.makeKey(folder);
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withConverters(new org.eclipse.microprofile.config.spi.Converter<?>[] {new DurationConverter()})
                .withMapping(SecurityConfig.class)
                .withMapping(UsherConfig.class)
                .withDefaultValue("usher.auth.keys-dir", folder.toString())
                .build();
        SecurityConfig security = config.getConfigMapping(SecurityConfig.class);
        Clock clock = Clock.systemUTC();
        tokens = new AccessTokens(
                new io.usher.security.SigningKeys(clock, security),
                clock,
                config.getConfigMapping(UsherConfig.class),
                security);
        token = signed();
    }

    @Benchmark
    public AccessToken verify() {
        return tokens.verify(token);
    }

    @Benchmark
    public String signed() {
        Instant now = Instant.now();
        return tokens.sign(UUID.randomUUID(), UUID.randomUUID(), ROLES, now, now.plus(Duration.ofHours(1)));
    }
}

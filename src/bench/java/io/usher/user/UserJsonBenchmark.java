package io.usher.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.usher.web.JsonFormat;
import io.usher.web.JsonReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Users as they come in and go out. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UserJsonBenchmark {
    private static final byte[] BODY =
            ("{\"email\":\"maria.garcia@mail.example.com\",\"name\":\"María García\",\"username\":\"mgarcia\",\"phone\":\"+34 612 3456789\","
                            + "\"city\":\"Madrid\",\"country\":\"ES\",\"userType\":\"customer\",\"emailVerified\":true}")
                    .getBytes(StandardCharsets.UTF_8);

    private final JsonReading reading = new JsonReading();
    private final ObjectMapper mapper = mapper();
    private final AdminUserView view = view();

    private static ObjectMapper mapper() {
        ObjectMapper mapper =
                JsonMapper.builder().addModule(new JavaTimeModule()).build();
        new JsonFormat().customize(mapper);
        return mapper;
    }

    private static AdminUserView view() {
        Instant now = Instant.parse("2026-11-20T20:15:30.123Z");
        UserView user = new UserView(
                UUID.randomUUID(),
                "0123456789abcdef0123456789abcdef",
                "maria.garcia@mail.example.com",
                "mgarcia",
                "María García",
                null,
                "María García",
                null,
                UserType.CUSTOMER,
                false,
                List.of("customer"),
                UserStatus.ACTIVE,
                true,
                "+34 612 3456789",
                null,
                "Madrid",
                null,
                null,
                "ES",
                null,
                List.of(),
                null,
                0,
                now,
                now,
                now,
                null,
                null,
                3);
        return new AdminUserView(user, null, null, true, true, false);
    }

    /** Parsing, binding and validation of {@code POST /api/users}. */
    @Benchmark
    public Object readCreateUser() {
        return reading.json().read(BODY, CreateUser.class);
    }

    /** The view and its ETag. */
    @Benchmark
    public Object writeView() {
        return UserDocument.of(view, false, mapper);
    }
}

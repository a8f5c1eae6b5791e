package io.usher.web.error;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.usher.problem.ProblemCode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** Counts problems by their codes: credits that were missing, queues that were full, servers that were away. */
@Singleton
class ProblemMetrics {
    private final Map<ProblemCode, Counter> byCode = new EnumMap<>(ProblemCode.class);

    @Inject
    ProblemMetrics(MeterRegistry metrics) {
        for (ProblemCode code : ProblemCode.values()) {
            byCode.put(code, counter(code, metrics));
        }
    }

    private static Counter counter(ProblemCode code, MeterRegistry metrics) {
        return Counter.builder("usher.problems")
                .description("Answers that are problems, by the code in them")
                .tag("code", code.code())
                .register(metrics);
    }

    void count(ProblemCode code) {
        Counter counter = byCode.get(code);
        if (counter != null) {
            counter.increment();
        }
    }
}

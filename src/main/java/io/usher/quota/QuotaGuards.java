package io.usher.quota;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.web.JsonFormat;
import java.time.Duration;
import java.time.Instant;

/** What is said where a quota does not allow what is asked for. */
final class QuotaGuards {
    private QuotaGuards() {}

    /** The quota after the amount was taken. @throws ProblemException {@code quota_exceeded} where nothing was */
    static QuotaView requireTaken(QuotaRepository.Taken taken, String resource, QuotaSetting byDefault, Instant now) {
        QuotaView view = taken.row() == null
                ? QuotaRow.unused(resource, byDefault, now)
                : taken.row().view(resource, byDefault, now);
        if (taken.done()) {
            return view;
        }
        throw exceeded(view, now);
    }

    private static ProblemException exceeded(QuotaView quota, Instant now) {
        Instant resetsAt = quota.resetsAt();
        if (resetsAt == null) {
            // The view is of the row as it was when the statement began; a change that came meanwhile has refused.
            return ProblemException.retryAfter(
                    ProblemCode.QUOTA_EXCEEDED,
                    "The quota of " + quota.resource()
                            + " was changed at this moment; the same request may be sent again.",
                    Duration.ofSeconds(1));
        }
        return ProblemException.retryAfter(
                ProblemCode.QUOTA_EXCEEDED,
                "The quota of " + quota.resource() + " does not allow this: its limit is " + quota.limit() + " "
                        + quota.type().value() + ", and it resets at " + JsonFormat.time(resetsAt) + " (resetsAt).",
                Duration.between(now, resetsAt));
    }
}

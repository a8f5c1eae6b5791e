package io.usher.quota;

import io.usher.problem.FieldError;
import io.usher.web.SelfChecked;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How much of a resource may be used.
 *
 * @param limit in each window; null, and only then, where the type is unlimited. 0 allows nothing
 */
@Schema(name = "QuotaSetting")
public record QuotaSetting(
        @NotNull QuotaType type,
        @Min(0) @Max(QuotaSetting.MAX_LIMIT) @Nullable Long limit) implements SelfChecked {
    static final long MAX_LIMIT = 1_000_000_000_000L;

    private static final Pattern FORM = Pattern.compile("\\s*(daily|weekly)\\s*:\\s*(\\d{1,13})\\s*|\\s*unlimited\\s*");

    /** Reads a default from the configuration: {@code daily:50}, {@code weekly:100}, {@code unlimited}. */
    static QuotaSetting of(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a quota such as daily:50, weekly:100 or unlimited");
        }
        if (parts.group(1) == null) {
            return new QuotaSetting(QuotaType.UNLIMITED, null);
        }
        long limit = Long.parseLong(parts.group(2));
        if (limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "The limit of a quota is at most " + MAX_LIMIT + "; " + limit + " is not");
        }
        return new QuotaSetting(QuotaType.of(parts.group(1)), limit);
    }

    @Override
    public List<FieldError> faults() {
        if (type == QuotaType.UNLIMITED && limit != null) {
            return List.of(new FieldError("limit", "conflict", "must be null where the type is unlimited"));
        }
        if (type != null && type != QuotaType.UNLIMITED && limit == null) {
            return List.of(new FieldError("limit", "required", "must be there unless the type is unlimited"));
        }
        return List.of();
    }
}

package io.usher.web;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code If-Match} asks of a write: that the resource still has one of some versions.
 *
 * @param versions the versions that will do; null where any does
 */
public record ExpectedVersion(@Nullable Set<Long> versions) {
    /** No condition: no {@code If-Match}, or {@code *}. */
    public static final ExpectedVersion ANY = new ExpectedVersion(null);

    private static final Pattern VERSION = Pattern.compile("\"([0-9]{1,18})(?:-[^\"]*)?\"");

    /**
     * Reads the header. Tags that are not of our making match nothing.
     *
     * @throws ProblemException {@code validation_failed} where the header is not a list of entity tags
     */
    public static ExpectedVersion parse(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return ANY;
        }
        var tags = EntityTags.parse(ifMatch);
        if (tags.isEmpty()) {
            throw ProblemException.invalid(
                    "If-Match", "format", "must be *, or entity tags such as \"3-x7\" as ETag had them");
        }
        Set<Long> versions = new HashSet<>();
        for (String tag : tags) {
            Matcher matcher = VERSION.matcher(tag);
            if (matcher.matches()) {
                versions.add(Long.valueOf(matcher.group(1)));
            }
        }
        return new ExpectedVersion(Set.copyOf(versions));
    }

    /** Whether a resource of this version may be written. */
    public boolean allows(long version) {
        return versions == null || versions.contains(version);
    }

    /** @throws ProblemException {@code version_conflict} where the version is not one of those expected */
    public void require(long version) {
        if (!allows(version)) {
            throw ProblemException.of(ProblemCode.VERSION_CONFLICT, "It has changed since you read it.");
        }
    }
}

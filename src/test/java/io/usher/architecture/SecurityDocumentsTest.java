package io.usher.architecture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the security documents point at is there, and their sums are right: else they would say what was true once. */
class SecurityDocumentsTest {
    /** {@code security/AccessTokens}, or {@code auth/LoginTest#everyRefusalCostsOneBcrypt}. */
    private static final Pattern CODE = Pattern.compile("`([a-z]+(?:/[a-z]+)*/[A-Z]\\w+)(?:#(\\w+))?`");

    private static final Pattern FILE =
            Pattern.compile("`((?:docs|deploy|src)/[^` ]+\\.\\w+|README\\.md|CHANGELOG\\.md)`");
    private static final Pattern DECISION = Pattern.compile("decisions? (\\d+)");
    private static final Pattern REQUIREMENT = Pattern.compile(
            "(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| ([12]) \\|[^|]+\\| \\*\\*(met|gap|not applicable)\\*\\* \\|[^|]+\\|$");

    /** As many as ASVS 5.0.0 has of each level. */
    private static final Map<String, Long> LEVELS = Map.of("1", 70L, "2", 183L);

    @ParameterizedTest
    @ValueSource(strings = {"docs/threat-model.md", "docs/asvs.md"})
    void everyClassMethodFileAndDecisionThatTheyNameIsThere(Path document) throws IOException {
        String text = Files.readString(document);

        List<String> missing = new ArrayList<>();
        CODE.matcher(text).results().filter(found -> !isCode(found)).forEach(found -> missing.add(found.group()));
        FILE.matcher(text)
                .results()
                .filter(found -> !Files.exists(Path.of(found.group(1))))
                .forEach(found -> missing.add(found.group()));
        DECISION.matcher(text)
                .results()
                .filter(found -> !isDecision(Integer.parseInt(found.group(1))))
                .forEach(found -> missing.add(found.group()));

        assertThat(missing).as("named in %s, and not there", document).isEmpty();
    }

    @Test
    void everyRequirementOfBothLevelsIsJudgedOnceAndTheSumsAreRight() throws IOException {
        String text = Files.readString(Path.of("docs/asvs.md"));
        List<MatchResult> rows = REQUIREMENT.matcher(text).results().toList();

        assertThat(rows).extracting(row -> row.group(1)).doesNotHaveDuplicates();
        assertThat(rows.stream().collect(groupingBy(row -> row.group(2), counting())))
                .isEqualTo(LEVELS);
        rows.stream()
                .collect(groupingBy(row -> row.group(3), groupingBy(row -> row.group(2), counting())))
                .forEach((verdict, levels) -> {
                    long one = levels.getOrDefault("1", 0L);
                    long two = levels.getOrDefault("2", 0L);
                    assertThat(text).contains("| %s | %d | %d | %d |".formatted(verdict, one, two, one + two));
                });
    }

    private static boolean isCode(MatchResult found) {
        return Stream.of("src/main/java/io/usher/", "src/test/java/io/usher/")
                .map(root -> Path.of(root + found.group(1) + ".java"))
                .filter(Files::exists)
                .anyMatch(file -> found.group(2) == null || has(file, found.group(2)));
    }

    private static boolean has(Path file, String member) {
        try {
            return Pattern.compile("\\b" + member + "( =|\\()")
                    .matcher(Files.readString(file))
                    .find();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isDecision(int number) {
        try (Stream<Path> decisions = Files.list(Path.of("docs/decisions"))) {
            String prefix = "%04d-".formatted(number);
            return decisions.anyMatch(file -> file.getFileName().toString().startsWith(prefix));
        } catch (IOException e) {
            return false;
        }
    }
}

package io.usher.deploy;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an expression of Prometheus names: enough of its grammar for the expressions of deploy/. */
record PromQl(String expression) {
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without)\\s*\\(([^)]*)\\)");
    private static final Pattern NAME = Pattern.compile("([a-zA-Z_:][\\w:]*)(\\s*\\()?(?:\\{([^}]*)\\})?");
    private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");

    /** A metric, with the labels that it is asked for. */
    record Selector(String metric, Set<String> labels) {}

    List<Selector> selectors() {
        String bare = GROUPING.matcher(withoutTexts()).replaceAll(" ");
        return NAME.matcher(bare)
                .results()
                .filter(match -> match.group(2) == null && !OPERATORS.contains(match.group(1)))
                .map(match -> new Selector(match.group(1), labels(match)))
                .toList();
    }

    /** The labels that results are grouped by. */
    Set<String> grouping() {
        return GROUPING.matcher(withoutTexts())
                .results()
                .flatMap(match -> Stream.of(match.group(1).split(",")))
                .map(String::strip)
                .collect(Collectors.toSet());
    }

    /** Without what is in quotes, and without times in brackets. */
    private String withoutTexts() {
        return expression.replaceAll("\"[^\"]*\"", "").replaceAll("\\[[^]]*]", "");
    }

    private static Set<String> labels(MatchResult match) {
        String matchers = match.group(3) == null ? "" : match.group(3);
        return LABEL.matcher(matchers).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }
}

package io.usher.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path of the OpenAPI document, such as {@code /api/users/{userId}}. */
public final class PathTemplate {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    private final String template;
    private final Pattern pattern;
    private final List<String> parameters = new ArrayList<>();

    PathTemplate(String template) {
        this.template = template;
        StringBuilder regex = new StringBuilder();
        Matcher matcher = PARAMETER.matcher(template);
        int end = 0;
        while (matcher.find()) {
            parameters.add(matcher.group(1));
            regex.append(Pattern.quote(template.substring(end, matcher.start())))
                    .append("[^/]+");
            end = matcher.end();
        }
        pattern = Pattern.compile(
                regex.append(Pattern.quote(template.substring(end))).toString());
    }

    /** Whether it is the template of this path. */
    public boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    /** The names of its parameters, in order. */
    public List<String> parameters() {
        return List.copyOf(parameters);
    }

    public boolean has(String parameter) {
        return parameters.contains(parameter);
    }

    /** The path with its parameters filled in. */
    public String fill(Map<String, String> values) {
        return PARAMETER.matcher(template).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new AssertionError("No value for {" + found.group(1) + "} of " + template);
            }
            return Matcher.quoteReplacement(value);
        });
    }

    @Override
    public String toString() {
        return template;
    }
}

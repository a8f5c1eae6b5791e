package io.usher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that was found; written anew after each scenario, so that a run that breaks off leaves what it has. */
final class Report {
    private final Settings settings;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Section> sections = new ArrayList<>();

    Report(Settings settings, Map<String, String> machine) {
        this.settings = settings;
        facts.putAll(machine);
    }

    void versions(Map<String, String> versions) {
        facts.putAll(versions);
    }

    void made(Map<String, String> loads) {
        facts.putAll(loads);
    }

    void add(Section section) {
        section.fact("load after", Machine.load());
        sections.add(section);
    }

    Map<String, String> facts() {
        return facts;
    }

    List<Section> sections() {
        return sections;
    }

    /** How many targets were met, missed and not told. */
    String summary() {
        Map<String, Integer> outcomes = new LinkedHashMap<>();
        for (String outcome : List.of("met", "missed", "not told")) {
            outcomes.put(outcome, 0);
        }
        sections.stream()
                .flatMap(section -> section.verdicts().stream())
                .forEach(verdict -> outcomes.merge(verdict.outcome(), 1, Integer::sum));
        return outcomes.get("met") + " targets met, " + outcomes.get("missed") + " missed, " + outcomes.get("not told")
                + " not told";
    }

    void write() throws IOException {
        Files.createDirectories(settings.report());
        Files.writeString(settings.report().resolve("report.md"), new MarkdownReport(this).text());
        Files.writeString(settings.report().resolve("report.html"), new HtmlReport(this).text());
    }
}

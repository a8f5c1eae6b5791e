package io.usher.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a scenario found: a section of the report in the making. */
final class Section {
    private final String title;
    private final String meaning;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    Section(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    Section figures(Tally... tallies) {
        for (Tally tally : tallies) {
            figures.add(Figure.of(tally));
        }
        return this;
    }

    Section ceilings(Tally... tallies) {
        for (Tally tally : tallies) {
            figures.add(Figure.ceiling(tally));
        }
        return this;
    }

    Section figure(Figure figure) {
        figures.add(figure);
        return this;
    }

    Section verdict(Verdict verdict) {
        verdicts.add(verdict);
        return this;
    }

    Section fact(String name, String value) {
        facts.put(name, value);
        return this;
    }

    /** What went wrong: shown, and no reason to stop. */
    Section failure(String failure) {
        failures.add(failure);
        return this;
    }

    String title() {
        return title;
    }

    String meaning() {
        return meaning;
    }

    List<Figure> figures() {
        return figures;
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    Map<String, String> facts() {
        return facts;
    }

    List<String> failures() {
        return failures;
    }
}

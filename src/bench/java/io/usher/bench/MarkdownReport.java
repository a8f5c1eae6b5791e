package io.usher.bench;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** The report as text, to be pasted into an issue. */
record MarkdownReport(Report report) {
    String text() {
        StringBuilder text = new StringBuilder("# Usher's benchmarks\n\n" + report.summary() + ".\n\n");
        report.facts().forEach((name, value) -> text.append("- ")
                .append(name)
                .append(": ")
                .append(value)
                .append('\n'));
        text.append(
                "\nµs: microseconds on a core for one answer, by process. A ceiling is what the figures beside it are held against.\n");
        report.sections().forEach(section -> section(section, text));
        return text.toString();
    }

    private static void section(Section section, StringBuilder text) {
        text.append("\n## ")
                .append(section.title())
                .append("\n\n")
                .append(section.meaning())
                .append("\n\n");
        if (!section.figures().isEmpty()) {
            table(Columns.FIGURES, section.figures().stream().map(Columns::of).toList(), text);
        }
        if (!section.verdicts().isEmpty()) {
            table(Columns.VERDICTS, section.verdicts().stream().map(Columns::of).toList(), text);
        }
        section.facts().forEach((name, value) -> text.append("- ")
                .append(name)
                .append(": ")
                .append(value)
                .append('\n'));
        section.failures()
                .forEach(
                        failure -> text.append("- **failed**: ").append(failure).append('\n'));
    }

    private static void table(List<String> head, List<List<String>> rows, StringBuilder text) {
        line(head, text);
        line(Collections.nCopies(head.size(), "---"), text);
        rows.forEach(row -> line(row, text));
        text.append('\n');
    }

    private static void line(List<String> cells, StringBuilder text) {
        text.append(
                cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}

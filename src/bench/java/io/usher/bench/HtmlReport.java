package io.usher.bench;

import java.util.List;
import java.util.stream.Collectors;

/** The report as one page that needs nothing else: its plots are drawn into it. */
record HtmlReport(Report report) {
    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Usher's benchmarks</title>
            <style>
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 1100px; margin: 2rem auto; padding: 0 1rem; color: #222 }
            table { border-collapse: collapse; margin: 1rem 0; font-size: 13px }
            th, td { border-bottom: 1px solid #ddd; padding: 3px 8px; text-align: right }
            th:first-child, td:first-child { text-align: left }
            tr.ceiling td { color: #777 }
            td.met { color: #17692f; font-weight: 600 } td.missed { color: #b3261e; font-weight: 600 } td.told { color: #8a5a00 }
            .failed { color: #b3261e } svg { display: block; margin: 1rem 0 } dt { font-weight: 600 } dd { margin: 0 0 4px 0 }
            h2 { margin-top: 3rem; border-top: 2px solid #eee; padding-top: 1rem }
            </style></head><body>
            <h1>Usher's benchmarks</h1>
            """;

    String text() {
        StringBuilder html = new StringBuilder(HEAD);
        html.append("<p><strong>").append(escape(report.summary())).append("</strong></p>");
        html.append("<table>").append(head(List.of("section", "target", "bound", "measured", "outcome")));
        report.sections().forEach(section -> section.verdicts().forEach(verdict -> html.append(row(section, verdict))));
        html.append("</table><dl>");
        report.facts().forEach((name, value) -> fact(name, value, html));
        html.append("</dl><p>µs: microseconds on a core for one answer, by process.</p>");
        report.sections().forEach(section -> section(section, html));
        return html.append("</body></html>\n").toString();
    }

    private static void section(Section section, StringBuilder html) {
        html.append("<h2>")
                .append(escape(section.title()))
                .append("</h2><p>")
                .append(escape(section.meaning()))
                .append("</p>");
        section.failures().forEach(failure -> html.append("<p class=failed>Failed: ")
                .append(escape(failure))
                .append("</p>"));
        if (!section.figures().isEmpty()) {
            html.append(Plot.rates(section.figures())).append(Plot.latencies(section.figures()));
            html.append("<table>").append(head(Columns.FIGURES));
            section.figures().forEach(figure -> html.append(figure.ceiling() ? "<tr class=ceiling>" : "<tr>")
                    .append(cells(Columns.of(figure)))
                    .append("</tr>"));
            html.append("</table>");
        }
        html.append("<dl>");
        section.facts().forEach((name, value) -> fact(name, value, html));
        html.append("</dl>");
    }

    private static void fact(String name, String value, StringBuilder html) {
        html.append("<dt>")
                .append(escape(name))
                .append("</dt><dd>")
                .append(escape(value))
                .append("</dd>");
    }

    private static String row(Section section, Verdict verdict) {
        String outcome = verdict.isKnown() ? verdict.outcome() : "told";
        return "<tr><td>" + escape(section.title()) + "</td>"
                + cells(List.of(verdict.target(), verdict.bounds(), verdict.measured()))
                + "<td class=" + outcome + ">" + verdict.outcome() + "</td></tr>";
    }

    private static String head(List<String> names) {
        return names.stream()
                .map(name -> "<th>" + escape(name) + "</th>")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String cells(List<String> cells) {
        return cells.stream().map(cell -> "<td>" + escape(cell) + "</td>").collect(Collectors.joining());
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

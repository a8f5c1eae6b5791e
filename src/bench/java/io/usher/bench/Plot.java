package io.usher.bench;

import java.util.List;
import java.util.Locale;

/** Plots as SVG. */
final class Plot {
    private static final int WIDTH = 1050;
    private static final int LEFT = 300;
    private static final int RIGHT = 110;
    private static final int LINE = 22;
    private static final int BAR = 14;
    private static final String FIGURE_COLOUR = "#2f6fb2";
    private static final String CEILING_COLOUR = "#b9c2cc";
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final String[] SHADES = {"#1b4f8a", "#4f8fd0", "#9cc4ec", "#d5e6f7"};

    private Plot() {}

    /** A bar for each rate; ceilings are grey, and a dashed line goes through the highest of them. */
    static String rates(List<Figure> figures) {
        double most = figures.stream().mapToDouble(Figure::rate).max().orElse(0);
        double ceiling = figures.stream()
                .filter(Figure::ceiling)
                .mapToDouble(Figure::rate)
                .max()
                .orElse(0);
        StringBuilder svg = open("Rate", figures.size());
        for (int i = 0; i < figures.size(); i++) {
            Figure figure = figures.get(i);
            label(svg, i, figure.name() + ", " + figure.concurrency() + " at once");
            bar(svg, i, LEFT, scale(figure.rate(), most), figure.ceiling() ? CEILING_COLOUR : FIGURE_COLOUR, "");
            value(svg, i, scale(figure.rate(), most), Columns.rate(figure));
        }
        if (ceiling > 0) {
            double x = LEFT + scale(ceiling, most);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#b3261e\" stroke-dasharray=\"4 3\"/>",
                    x,
                    x,
                    LINE,
                    LINE * (figures.size() + 1)));
        }
        return svg.append("</svg>\n").toString();
    }

    /** For each figure the times of 50, 90, 99 and 99.9 percent, one bar behind the other, on a logarithmic scale. */
    static String latencies(List<Figure> figures) {
        List<Figure> timed = figures.stream()
                .filter(figure ->
                        figure.tally().filter(tally -> tally.count() > 0).isPresent())
                .toList();
        if (timed.isEmpty()) {
            return "";
        }
        double least = timed.stream()
                        .mapToDouble(figure -> millis(figure, PERCENTILES[0]))
                        .min()
                        .orElse(1)
                / 2;
        double most =
                timed.stream().mapToDouble(figure -> millis(figure, 99.9)).max().orElse(1);
        StringBuilder svg = open("Milliseconds: 50, 90, 99 and 99.9 % (logarithmic; dark to light)", timed.size());
        for (int i = 0; i < timed.size(); i++) {
            Figure figure = timed.get(i);
            label(svg, i, figure.name() + ", " + figure.concurrency() + " at once");
            for (int p = PERCENTILES.length - 1; p >= 0; p--) {
                double millis = millis(figure, PERCENTILES[p]);
                bar(
                        svg,
                        i,
                        LEFT,
                        logarithmic(millis, least, most),
                        SHADES[p],
                        PERCENTILES[p] + " %: " + number(millis) + " ms");
            }
            value(
                    svg,
                    i,
                    logarithmic(millis(figure, 99.9), least, most),
                    number(millis(figure, 50)) + " / " + number(millis(figure, 99)));
        }
        return svg.append("</svg>\n").toString();
    }

    private static double millis(Figure figure, double percentile) {
        return figure.tally().orElseThrow().millis(percentile);
    }

    private static StringBuilder open(String title, int lines) {
        return new StringBuilder(String.format(
                "<svg role=\"img\" width=\"%d\" height=\"%d\" font-size=\"12\" font-family=\"sans-serif\"><text x=\"0\" y=\"14\" font-weight=\"600\">%s</text>",
                WIDTH, LINE * (lines + 1) + 6, HtmlReport.escape(title)));
    }

    private static void label(StringBuilder svg, int line, String text) {
        svg.append(String.format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                LEFT - 8, y(line) + BAR - 3, HtmlReport.escape(text)));
    }

    private static void bar(StringBuilder svg, int line, int x, double width, String colour, String tooltip) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>",
                x,
                y(line),
                Math.max(1, width),
                BAR,
                colour,
                tooltip));
    }

    private static void value(StringBuilder svg, int line, double width, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%d\">%s</text>",
                LEFT + width + 6,
                y(line) + BAR - 3,
                HtmlReport.escape(text)));
    }

    private static int y(int line) {
        return LINE * (line + 1);
    }

    private static double scale(double value, double most) {
        return most == 0 ? 0 : value / most * (WIDTH - LEFT - RIGHT);
    }

    private static double logarithmic(double value, double least, double most) {
        return Math.log(Math.max(value, least) / least) / Math.log(most / least) * (WIDTH - LEFT - RIGHT);
    }

    private static String number(double millis) {
        return String.format(Locale.ROOT, millis >= 10 ? "%.0f" : "%.2f", millis);
    }
}

package io.usher.web;

/** What text may cross the wire: Unicode that PostgreSQL can hold, so no NUL and no lone surrogate. */
public final class Text {
    private Text() {}

    /** Whether the text is well-formed UTF-16 without NUL. */
    public static boolean isStorable(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The text with everything that could break a log line or a response replaced, cut to {@code max} characters. */
    public static String printable(String text, int max) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), max));
        text.codePoints().limit(max).forEach(c -> clean.appendCodePoint(isPrintable(c) ? c : '\uFFFD'));
        return clean.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return !Character.isISOControl(codePoint)
                && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
                && codePoint != 0x2028
                && codePoint != 0x2029;
    }
}

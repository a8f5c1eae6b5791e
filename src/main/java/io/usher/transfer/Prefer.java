package io.usher.transfer;

import java.util.List;

/** What a client would like best (RFC 7240). */
final class Prefer {
    static final String HEADER = "Prefer";
    static final String APPLIED = "Preference-Applied";
    static final String RESPOND_ASYNC = "respond-async";

    private Prefer() {}

    /** Whether the headers' values have a preference, whatever its parameters. A value of its own makes it another one. */
    static boolean asks(List<String> headers, String preference) {
        for (String header : headers) {
            for (String one : unquoted(header).split(",", -1)) {
                String[] parts = one.split(";", 2)[0].split("=", 2);
                boolean bare = parts.length == 1 || parts[1].isBlank();
                if (bare && parts[0].strip().equalsIgnoreCase(preference)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Each quoted value as one letter, but for empty ones, which mean none. */
    private static String unquoted(String header) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted) {
                text.append('x');
                i += c == '\\' ? 1 : 0;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}

package io.usher.security;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * The credential in a request's headers. Two of them are refused, even where they are the same: proxies and clients that disagree on which
 * one counts are how one user's request is made in another's name.
 */
record PresentedCredential(Kind kind, String text) {
    private static final String KEY_HEADER = "X-API-Key";
    private static final String SCHEME = "Bearer ";

    /** What it is. */
    enum Kind {
        NONE,
        TOKEN,
        KEY,
        AMBIGUOUS
    }

    /** Other schemes than Bearer are none of ours: a proxy in front may want them. */
    static PresentedCredential of(MultiMap headers) {
        List<PresentedCredential> all = new ArrayList<>(1);
        for (String header : headers.getAll(HttpHeaders.AUTHORIZATION)) {
            if (header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                all.add(bearer(header.substring(SCHEME.length()).trim()));
            }
        }
        for (String header : headers.getAll(KEY_HEADER)) {
            all.add(new PresentedCredential(Kind.KEY, header.trim()));
        }
        if (all.size() > 1) {
            return new PresentedCredential(Kind.AMBIGUOUS, "");
        }
        return all.isEmpty() ? new PresentedCredential(Kind.NONE, "") : all.get(0);
    }

    /** A credential that stands by itself, as introspection gets it. */
    static PresentedCredential bearer(String text) {
        return new PresentedCredential(text.startsWith(ApiKeySecret.MARK) ? Kind.KEY : Kind.TOKEN, text);
    }

    /** Without the text: records end up in logs. */
    @Override
    public String toString() {
        return "PresentedCredential[" + kind + "]";
    }
}

package io.usher.access;

import io.usher.testing.Http;

/** The class of an answer: a cell of the matrix. */
enum Answer {
    /** It is done. */
    DONE,
    /** No right to it is asked for; whether it succeeds depends on codes and tokens that the body carries. */
    OPEN,
    /** 401 {@code unauthenticated}. */
    SIGN_IN,
    /** 403 {@code forbidden}. */
    FORBIDDEN,
    /** 403 {@code insufficient_scope}. */
    NO_SCOPE,
    /** 404 {@code user_not_found}. */
    NO_SUCH_USER;

    /** Which of them a response is, put into words. */
    boolean is(Http.Answer response) {
        int status = response.status();
        return switch (this) {
            case DONE -> status >= 200 && status < 300;
            case OPEN -> status < 500 && !SIGN_IN.is(response) && !FORBIDDEN.is(response) && !NO_SUCH_USER.is(response);
            case SIGN_IN -> isProblem(response, 401, "unauthenticated");
            case FORBIDDEN -> isProblem(response, 403, "forbidden");
            case NO_SCOPE -> isProblem(response, 403, "insufficient_scope");
            case NO_SUCH_USER -> isProblem(response, 404, "user_not_found");
        };
    }

    private static boolean isProblem(Http.Answer response, int status, String code) {
        return response.status() == status && code.equals(response.code());
    }
}

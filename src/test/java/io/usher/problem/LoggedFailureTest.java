package io.usher.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.pgclient.PgException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.hibernate.HibernateException;
import org.junit.jupiter.api.Test;

class LoggedFailureTest {
    private static final String ROW = "Failing row contains (ada@example.com)";

    @Test
    void whatPostgresqlQuotesIsNotLogged() {
        Throwable failure = new IllegalStateException(
                "wrapped: " + ROW, new HibernateException(ROW, new PgException(ROW, "ERROR", "23514", ROW)));

        String logged = print(LoggedFailure.of(failure));

        assertThat(logged)
                .doesNotContain("ada@example.com")
                .contains("java.lang.IllegalStateException", "org.hibernate.HibernateException", "SQLSTATE 23514")
                .contains("at io.usher.problem.LoggedFailureTest");
    }

    @Test
    void whatHasNothingToDoWithTheDatabaseIsLoggedAsItIs() {
        Throwable failure = new IllegalStateException("a fault", new RuntimeException("its cause"));

        assertThat(LoggedFailure.of(failure)).isSameAs(failure);
    }

    private static String print(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}

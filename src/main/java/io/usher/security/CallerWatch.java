package io.usher.security;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps an eye on callers whose requests outlast their admission, such as event streams: a logout has to end those, too. */
@ApplicationScoped
public class CallerWatch {
    private final CurrentCaller caller;
    private final CurrentVertxRequest request;
    private final TokenInspector inspector;
    private final CallerLookup callers;

    @Inject
    CallerWatch(CurrentCaller caller, CurrentVertxRequest request, TokenInspector inspector, CallerLookup callers) {
        this.caller = caller;
        this.request = request;
        this.inspector = inspector;
        this.callers = callers;
    }

    /**
     * Watches the caller of the present request; for resource methods. Each time it is asked, the credential goes through the same gate as a
     * request's, but counts against no limit.
     *
     * @return answers whether the token or key is still good, with the roles and scopes of now; fails where that cannot be told
     */
    public Supplier<Uni<Boolean>> present() {
        Caller admitted = caller.get();
        String credential =
                PresentedCredential.of(request.getCurrent().request().headers()).text();
        return () -> inspector
                .inspect(credential)
                .map(inspected -> isAsGood(inspected.caller(), admitted))
                .onFailure(CallerWatch::isRefusal)
                .recoverWithItem(false);
    }

    /**
     * As {@link #present}, for work that goes on when the access token has run out: as long as its session, or the key, is in force with the
     * rights that it has now.
     */
    public Supplier<Uni<Boolean>> lasting() {
        Caller admitted = caller.get();
        if (admitted.apiKey() != null) {
            return present();
        }
        SessionClaim claim =
                new SessionClaim(admitted.userId(), admitted.session().id());
        return () -> callers.find(claim)
                .map(now -> isAsGood(now, admitted))
                .onFailure(CallerWatch::isRefusal)
                .recoverWithItem(false);
    }

    private static boolean isAsGood(Caller now, Caller admitted) {
        return now.roles().equals(admitted.roles()) && Objects.equals(scopes(now), scopes(admitted));
    }

    private static @Nullable Set<KeyScope> scopes(Caller caller) {
        Caller.Key key = caller.apiKey();
        return key == null ? null : key.scopes();
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() == 401;
    }
}

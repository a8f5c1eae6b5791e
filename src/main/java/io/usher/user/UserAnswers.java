package io.usher.user;

import io.usher.security.CurrentCaller;
import io.usher.web.ExpectedVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the two resources over users answer alike: views with their ETag, and 304 for whoever has them. */
@ApplicationScoped
class UserAnswers {
    private final CurrentCaller caller;
    private final UserService users;

    @Inject
    UserAnswers(CurrentCaller caller, UserService users) {
        this.caller = caller;
        this.users = users;
    }

    /** What {@code If-Match} asks for. */
    static ExpectedVersion expected(@Nullable String ifMatch) {
        return ExpectedVersion.parse(ifMatch);
    }

    Response view(AdminUserView view) {
        return view(users.document(caller.get(), view), null);
    }

    Response view(UserDocument document, @Nullable String ifNoneMatch) {
        Response.ResponseBuilder response = document.tag().isKnownBy(ifNoneMatch)
                ? Response.notModified()
                : Response.ok(document.json(), MediaType.APPLICATION_JSON_TYPE);
        return response.header("ETag", document.tag().header()).build();
    }

    Response created(CreatedUser created) {
        UserView user = created.user().user();
        return Response.created(URI.create("/api/users/" + user.id()))
                .header("ETag", created.user().tag().header())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(created)
                .build();
    }
}

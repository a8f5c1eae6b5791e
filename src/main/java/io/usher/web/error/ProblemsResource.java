package io.usher.web.error;

import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What a problem's {@code type} leads to (RFC 9457, section 3.1.1). */
@Cancellable(false)
@Path("/problems/{code}")
@PermitAll
@Tag(name = "Problems")
public class ProblemsResource {

    /** A code of the contract, explained. */
    public record Explanation(String code, String type, String title, int status, String advice) {
        static Explanation of(ProblemCode code) {
            return new Explanation(code.code(), code.type(), code.title(), code.status(), code.advice());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "explainProblem", summary = "Explains a problem code")
    @APIResponse(
            responseCode = "200",
            description = "What the code means, and what to do about it; a page for browsers",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Explanation.class)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(type = SchemaType.STRING))
            })
    public Uni<Explanation> explain(
            @Parameter(description = "A problem's code", example = "email_taken") @PathParam("code") String code) {
        return Uni.createFrom().item(() -> Explanation.of(find(code)));
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    @Operation(hidden = true)
    public Uni<String> page(@PathParam("code") String code) {
        return Uni.createFrom().item(() -> html(find(code)));
    }

    private static String html(ProblemCode known) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>%1$s</title></head>
                <body><h1>%2$s</h1><p><code>%1$s</code>, status %3$d</p><p>%4$s</p></body></html>
                """.formatted(known.code(), known.title(), known.status(), known.advice());
    }

    private static ProblemCode find(String code) {
        return ProblemCode.of(code)
                .orElseThrow(() -> ProblemException.of(ProblemCode.NOT_FOUND, "There is no problem with this code."));
    }
}

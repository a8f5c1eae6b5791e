package io.usher.auth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a token is worth (RFC 7662, section 2.2). Of a token that is worth nothing, no more is said. */
@Schema(name = "Introspection")
@JsonInclude(JsonInclude.Include.NON_NULL)
record Introspection(
        boolean active,
        @Schema(description = "The user.") @Nullable UUID sub,

        @Schema(description = "The username, else the email.", examples = "ada") @Nullable
        String username,

        @Schema(
                description =
                        "Space-separated; an access token has all its user's rights, which is '*', an API key its scopes.",
                examples = "*")
        @Nullable
        String scope,

        @Schema(description = "Seconds since 1970.", examples = "1795209330") @Nullable
        Long exp,

        @Schema(description = "Seconds since 1970.", examples = "1795208430") @Nullable
        Long iat,

        @Schema(examples = "https://api.example.com") @Nullable
        String iss,

        @Schema(examples = "usher") @Nullable String aud,

        @JsonProperty("token_type")
        @Schema(name = "token_type", description = "`Bearer` or `api_key`.", examples = "Bearer")
        @Nullable
        String tokenType,

        @Nullable String jti,

        @Schema(description = "The roles that the user has at this moment.", examples = "[\"customer\"]") @Nullable
        List<String> groups) {

    static final Introspection INACTIVE =
            new Introspection(false, null, null, null, null, null, null, null, null, null, null);
}

package io.usher.fieldwork;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.web.JsonSize;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was found in a place now. */
@Schema(name = "PostScrapedContent")
record PostScrapedContent(
        @NotBlank @Size(max = PostScrapedContent.MAX_TYPE) @Schema(examples = "work_orders")
        String contentType,

        @NotNull
        @JsonSize(max = PostScrapedContent.MAX_CONTENT)
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                additionalProperties = Schema.True.class,
                description = "Up to 1 MiB of JSON.")
        ObjectNode content,

        @Size(max = PostScrapedContent.MAX_URL) @Schema(examples = "https://app.example.com/work-orders") @Nullable
        String sourceUrl,

        @Pattern(regexp = "[!-~]{1,128}", message = "must be 1 to 128 visible ASCII characters")
        @Schema(
                description =
                        "What tells this content from others, 1 to 128 visible ASCII characters. Unless it is given: the SHA-256 of the"
                                + " content's canonical JSON (RFC 8785), as 64 hex digits.")
        @Nullable
        String checksum) {

    static final int MAX_TYPE = 100;
    static final int MAX_URL = 2048;
    static final int MAX_CONTENT = 1024 * 1024;

    PostScrapedContent {
        contentType = contentType == null ? "" : contentType.strip();
        sourceUrl = sourceUrl == null || sourceUrl.isBlank() ? null : sourceUrl.strip();
    }
}

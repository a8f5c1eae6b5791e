package io.usher.fieldwork;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What posting a content came to.
 *
 * @param row the row that it made, or the one that has the same checksum
 * @param changed whether it made one
 */
@Schema(name = "PostedContent")
record PostedContent(@JsonUnwrapped ScrapedContentView row, boolean changed) {}

package io.usher.web.request;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.internal.ExtendedSpanProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps out of traces what tells who somebody is: the path as it came (a V1 id is the md5 of an address), the query (what is searched for),
 * and the client's address and program. A span can lose no attribute, so they are written over. The route, which is the span's name, and the
 * request's id stay.
 */
@Singleton
class SpanPrivacy implements ExtendedSpanProcessor {
    private static final List<AttributeKey<String>> PERSONAL = List.of(
            AttributeKey.stringKey("url.path"),
            AttributeKey.stringKey("url.query"),
            AttributeKey.stringKey("client.address"),
            AttributeKey.stringKey("network.peer.address"),
            AttributeKey.stringKey("user_agent.original"));

    private static final String HIDDEN = "-";

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        hide(span);
    }

    @Override
    public boolean isOnEndingRequired() {
        return true;
    }

    /** Some are only set when the answer is there. */
    @Override
    public void onEnding(ReadWriteSpan span) {
        hide(span);
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    /** Of the spans of clients, SQL and Redis, only the servers' addresses are known. */
    private static void hide(ReadWriteSpan span) {
        if (span.getKind() != SpanKind.SERVER) {
            return;
        }
        for (AttributeKey<String> key : PERSONAL) {
            if (span.getAttribute(key) != null) {
                span.setAttribute(key, HIDDEN);
            }
        }
    }
}

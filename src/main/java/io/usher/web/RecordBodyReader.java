package io.usher.web;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reads every JSON body that a resource takes as a record through {@link StrictJson}, validation included. No body at all is an empty
 * object: enough where everything has a default, and else an error that names what is missing.
 */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class RecordBodyReader implements ServerMessageBodyReader<Record> {
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private final StrictJson json;
    private final int max;

    @Inject
    RecordBodyReader(StrictJson json, BodyLimits limits) {
        this.json = json;
        this.max = Math.toIntExact(limits.ordinary());
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo resource, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type.isRecord();
    }

    @Override
    public Record readFrom(Class<Record> type, Type genericType, MediaType mediaType, ServerRequestContext context) {
        return json.read(whole(context.getInputStream()), type);
    }

    @Override
    public Record readFrom(
            Class<Record> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body) {
        return json.read(whole(body), type);
    }

    /** A body that announced no length is counted here: up to the limit it stands in memory already, so that nothing blocks. */
    private byte[] whole(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(max + 1);
            if (bytes.length > max) {
                throw BodyLimits.tooLarge(max);
            }
            return bytes.length == 0 ? EMPTY_OBJECT : bytes;
        } catch (IOException e) {
            throw ProblemException.of(ProblemCode.MALFORMED_JSON, "The body could not be read to its end.");
        }
    }
}

package io.usher.fieldwork;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.Subjects;
import io.usher.web.Page;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** What scrapers find. A place, which is a source and a type of content, gets a new row only when something else is found there. */
@ApplicationScoped
public class ScrapedContentService {
    private final ScrapedContentRepository repository;
    private final Subjects subjects;
    private final Vertx vertx;
    private final Clock clock;

    @Inject
    ScrapedContentService(ScrapedContentRepository repository, Subjects subjects, Vertx vertx, Clock clock) {
        this.repository = repository;
        this.subjects = subjects;
        this.vertx = vertx;
        this.clock = clock;
    }

    /** Stores it, where its checksum is not that of the newest of its place. */
    Uni<PostedContent> post(Caller caller, String user, PostScrapedContent body) {
        return subjects.requireChangeable(caller, user)
                .chain(id -> checksum(body).map(checksum -> content(id, body, checksum)))
                .chain(this::store);
    }

    /** Mostly nothing has changed: one look then, without a lock, and without sending the content. */
    private Uni<PostedContent> store(NewContent content) {
        return repository.unchanged(content).onItem().ifNull().switchTo(() -> repository.add(content));
    }

    /** On a worker thread, and back: a megabyte of JSON takes its time. */
    private Uni<String> checksum(PostScrapedContent body) {
        return body.checksum() != null
                ? Uni.createFrom().item(body.checksum())
                : vertx.executeBlocking(() -> Checksum.of(body.content()), false);
    }

    private NewContent content(UUID userId, PostScrapedContent body, String checksum) {
        return new NewContent(
                userId,
                body.contentType(),
                body.sourceUrl(),
                body.content().toString(),
                checksum,
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    Uni<Page<ScrapedContentView>> list(Caller caller, String user, ScrapedContentFilter filter) {
        return subjects.require(caller, user).chain(id -> repository.page(id, filter));
    }
}

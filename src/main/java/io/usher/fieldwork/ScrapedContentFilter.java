package io.usher.fieldwork;

import io.usher.persistence.Binder;
import io.usher.web.PageParameters;
import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a list of scraped contents is asked for. */
record ScrapedContentFilter(
        @Nullable String contentType,
        @Nullable String sourceUrl,
        @Nullable Instant since,
        PageRequest page) {

    /** @throws io.usher.problem.ProblemException that names every parameter at fault */
    static ScrapedContentFilter from(QueryReader query) {
        ScrapedContentFilter filter = new ScrapedContentFilter(
                query.text("contentType", PostScrapedContent.MAX_TYPE),
                query.text("sourceUrl", PostScrapedContent.MAX_URL),
                query.instant("since"),
                PageRequest.from(
                        query,
                        PageParameters.DEFAULT_LIMIT,
                        PageParameters.MAX_LIMIT,
                        ScrapedContentRepository.PAGES.order()));
        query.done();
        return filter;
    }

    /** The conditions over {@code scraped_contents r}. */
    String where(UUID userId, Binder binder) {
        StringBuilder where = new StringBuilder("r.user_id = ").append(binder.bind(userId));
        if (contentType != null) {
            where.append(" and r.content_type = ").append(binder.bind(contentType));
        }
        if (sourceUrl != null) {
            String url = binder.bind(sourceUrl);
            where.append(" and md5(coalesce(r.source_url, '')) = md5(")
                    .append(url)
                    .append("::text)");
            where.append(" and r.source_url = ").append(url).append("::text");
        }
        if (since != null) {
            where.append(" and r.created_at >= ").append(binder.bind(since.atOffset(ZoneOffset.UTC)));
        }
        return where.toString();
    }
}

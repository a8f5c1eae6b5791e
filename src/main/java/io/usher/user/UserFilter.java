package io.usher.user;

import com.fasterxml.jackson.annotation.JsonValue;
import io.usher.web.PageParameters;
import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a user list is asked for. */
record UserFilter(
        @Nullable String q,
        @Nullable String email,
        @Nullable String name,
        @Nullable UserType userType,
        @Nullable UserStatus status,
        @Nullable LeadStatus leadStatus,
        @Nullable String role,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        Deleted deleted,
        UserSort sort,
        Order order,
        PageRequest page) {

    private static final int MAX_NEEDLE = 254;
    private static final PageRequest ALL = new PageRequest(Integer.MAX_VALUE, 0, null, PageRequest.CountMode.NONE);

    /** Whether deleted users are in the list. */
    public enum Deleted {
        FALSE,
        TRUE,
        ONLY
    }

    /** Which end comes first. */
    public enum Order {
        ASC("asc", ">"),
        DESC("desc", "<");

        private final String wireName;
        private final String after;

        Order(String wireName, String after) {
            this.wireName = wireName;
            this.after = after;
        }

        @JsonValue
        public String wireName() {
            return wireName;
        }

        /** The comparison that leaves the rows after a position. */
        String after() {
            return after;
        }
    }

    /** Whether anything is asked of users but that they are deleted, or not. */
    boolean isPlain() {
        return isOfGroups() && userType == null && status == null && leadStatus == null;
    }

    /** Whether no more is asked than which type, status and lead status users have. */
    private boolean isOfGroups() {
        return !isSearch() && role == null && createdAfter == null && createdBefore == null;
    }

    /** Whether users are looked for by their texts. */
    boolean isSearch() {
        return q != null || email != null || name != null;
    }

    /** Whether the totals that are kept of users that are not deleted, by type, status and lead status, say how many match. */
    boolean isAnsweredByTotals() {
        return isOfGroups() && deleted == Deleted.FALSE;
    }

    /** @throws io.usher.problem.ProblemException that names every parameter at fault */
    static UserFilter from(QueryReader query) {
        UserFilter filter = read(query, true);
        query.done();
        return filter;
    }

    /** All that match, without pages; the query is the caller's to bring to its end. */
    static UserFilter unpaged(QueryReader query) {
        return read(query, false);
    }

    private static UserFilter read(QueryReader query, boolean paged) {
        UserSort sort = query.oneOf("sort", UserSort.class, UserSort.CREATED_AT);
        Order order = query.oneOf("order", Order.class, Order.DESC);
        return new UserFilter(
                needle(query, "q"),
                needle(query, "email"),
                needle(query, "name"),
                query.oneOf("userType", UserType.class),
                query.oneOf("status", UserStatus.class),
                query.oneOf("leadStatus", LeadStatus.class),
                query.text("role", 32),
                query.instant("createdAfter"),
                query.instant("createdBefore"),
                query.oneOf("deleted", Deleted.class, Deleted.FALSE),
                sort,
                order,
                paged
                        ? PageRequest.from(
                                query, PageParameters.DEFAULT_LIMIT, PageParameters.MAX_LIMIT, sortName(sort, order))
                        : ALL);
    }

    /** The order that a cursor belongs to. */
    String sortName() {
        return sortName(sort, order);
    }

    private static String sortName(UserSort sort, Order order) {
        return sort.wireName() + "." + order.wireName();
    }

    private static @Nullable String needle(QueryReader query, String parameter) {
        String text = query.text(parameter, MAX_NEEDLE);
        return text == null || text.isBlank() ? null : text.strip().toLowerCase(Locale.ROOT);
    }
}

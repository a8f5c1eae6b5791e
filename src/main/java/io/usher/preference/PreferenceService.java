package io.usher.preference;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Subjects;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.usher.web.ShortList;
import io.usher.web.StrictJson;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;

/** What users have set, category by category. Their secrets are for their owner alone, in a session or by a key of its own. */
@ApplicationScoped
public class PreferenceService {
    static final ShortList<PreferenceView> PAGES =
            new ShortList<>("preference.asc", view -> view.id().toString());

    private final PreferenceRepository repository;
    private final PreferenceWrites writes;
    private final Subjects subjects;
    private final StrictJson json;
    private final SettingsJson stored;

    @Inject
    PreferenceService(
            PreferenceRepository repository,
            PreferenceWrites writes,
            Subjects subjects,
            StrictJson json,
            SettingsJson stored) {
        this.stored = stored;
        this.repository = repository;
        this.writes = writes;
        this.subjects = subjects;
        this.json = json;
    }

    Uni<Page<PreferenceView>> list(Caller caller, String user, PageRequest page) {
        return subjects.require(caller, user).chain(repository::list).map(all -> PAGES.page(all, page)
                .map(one -> shownTo(caller, one)));
    }

    /** Fails with {@code not_found} where it is not set. */
    Uni<PreferenceView> get(Caller caller, String user, String category) {
        PreferenceCategory one = PreferenceCategory.parse(category);
        return subjects.require(caller, user)
                .chain(id -> repository.find(id, one))
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.of(ProblemCode.NOT_FOUND))
                .map(view -> shownTo(caller, view));
    }

    /** Puts settings in the place of those that are there. Fails with {@code validation_failed}, and every field at fault. */
    Uni<PreferenceView> put(Caller caller, Client client, String user, String category, PutPreference body) {
        PreferenceCategory one = PreferenceCategory.parse(category);
        PreferenceSettings settings = (PreferenceSettings) json.bindOnly("settings", body.properties(), one.type());
        return subjects.requireChangeable(caller, user)
                .chain(id -> writes.put(new PreferenceWrites.Change(caller, client, id, one), settings))
                .map(view -> shownTo(caller, view));
    }

    /** Fails with {@code not_found} where it is not set. */
    Uni<Void> delete(Caller caller, Client client, String user, String category) {
        PreferenceCategory one = PreferenceCategory.parse(category);
        return subjects.requireChangeable(caller, user)
                .chain(id -> writes.delete(new PreferenceWrites.Change(caller, client, id, one)));
    }

    /**
     * Stores settings for any number of users in the present transaction, in the place of those that are there, with two statements for all
     * of them together. Records no activity: for data that come from elsewhere.
     *
     * @param preferences validated, as {@link StrictJson} reads their records; each user and category at most once
     */
    @WithTransaction
    public Uni<Void> storeAll(List<NewPreference> preferences) {
        return writes.storeAll(preferences);
    }

    /**
     * Stored settings as the caller may see them: as they are for their owner, with their secrets masked for anybody else.
     *
     * @param settings JSON, as {@code user_preferences} has it
     */
    public String shown(Caller caller, UUID userId, String category, String settings) {
        PreferenceCategory one = PreferenceCategory.parse(category);
        return caller.is(userId) || one != PreferenceCategory.PUSHOVER
                ? settings
                : stored.write(stored.read(one, settings).masked());
    }

    private static PreferenceView shownTo(Caller caller, PreferenceView view) {
        return caller.is(view.userId()) ? view : view.masked();
    }
}

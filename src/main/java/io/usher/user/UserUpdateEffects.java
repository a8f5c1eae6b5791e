package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.activity.SettingsKind;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.mail.MailOutbox;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.SessionService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/** What follows from what a merge changed, in its transaction: sessions end, tokens and codes are void, mails are owed, an activity and an audit event are recorded. */
@ApplicationScoped
class UserUpdateEffects {
    private final SessionService sessions;
    private final OneTimeTokens tokens;
    private final MailOutbox mails;
    private final ActivityService activities;
    private final AuditService audit;

    @Inject
    UserUpdateEffects(
            SessionService sessions,
            OneTimeTokens tokens,
            MailOutbox mails,
            ActivityService activities,
            AuditService audit) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.mails = mails;
        this.activities = activities;
        this.audit = audit;
    }

    Uni<Void> of(UserMerge merge, Caller caller, Client client, User user, String oldEmail) {
        return (merge.endsSessions() ? sessions.endAll(user.id, null).replaceWithVoid() : nothing())
                .chain(() -> merge.voidsTokens() ? tokens.revokeAll(user.id) : nothing())
                .chain(() -> merge.changes("email") ? addressChanged(caller, user, oldEmail) : nothing())
                .chain(() -> record(merge.changedProfile(), caller, client, user))
                .chain(() -> merge.changesAnything() ? audit.record(event(merge, user)) : nothing());
    }

    private static AuditEvent event(UserMerge merge, User user) {
        return AuditEvent.of(
                merge.changesOnly("status") ? AuditAction.USER_STATUS : AuditAction.USER_UPDATE,
                user.id,
                merge.changes());
    }

    private Uni<Void> record(Set<String> profile, Caller caller, Client client, User user) {
        return profile.isEmpty()
                ? nothing()
                : activities.recordChange(
                        user.id, caller.userId(), SettingsKind.PROFILE, Map.of("fields", profile), client);
    }

    /** The owner of the old address learns that it was replaced. */
    private Uni<Void> addressChanged(Caller caller, User user, String oldEmail) {
        return mails.add(MailOutbox.Kind.EMAIL_CHANGED, oldEmail)
                .chain(() -> caller.is(user.id) && !user.emailVerified
                        ? mails.add(MailOutbox.Kind.VERIFICATION, user.email)
                        : nothing());
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}

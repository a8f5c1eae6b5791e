package io.usher.user;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.usher.config.AdminConfig;
import io.usher.config.FirstAdminCreated;
import io.usher.config.StartRefusedException;
import io.usher.config.Stopping;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import io.usher.security.PasswordPolicy;
import io.usher.security.Passwords;
import io.usher.web.Emails;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sees to it, at each start, that the configured super admin is there: without one, nobody could ever let anybody in. */
@ApplicationScoped
class FirstAdmin {
    private static final Logger LOG = Logger.getLogger(FirstAdmin.class);

    /** After the checks of the settings and the signing keys, and before anything that may want to sign in. */
    private static final int AFTER_THE_KEYS = 3500;

    private static final int MADE_UP_BYTES = 12;

    private final AdminConfig config;
    private final FirstAdminWrites writes;
    private final Passwords passwords;
    private final PasswordPolicy policy;
    private final Event<FirstAdminCreated> created;

    @Inject
    FirstAdmin(
            AdminConfig config,
            FirstAdminWrites writes,
            Passwords passwords,
            PasswordPolicy policy,
            Event<FirstAdminCreated> created) {
        this.config = config;
        this.writes = writes;
        this.passwords = passwords;
        this.policy = policy;
        this.created = created;
    }

    /** The thread that starts the application may wait, and has to: requests come next. */
    void atStart(@Observes @Priority(AFTER_THE_KEYS) StartupEvent event) throws Throwable {
        if (config.email().isPresent()) {
            String email = requireEmail(config.email().get());
            config.password().ifPresent(password -> requirePassword(password, email));
            start(email);
        }
    }

    /** One that is there is not waited for: to compare its password takes longer than much else of the start. */
    void start(String email) throws Throwable {
        FirstAdminWrites.Present present = VertxContextSupport.subscribeAndAwait(() -> writes.find(email));
        if (present.canSignIn()) {
            Infrastructure.getDefaultExecutor().execute(() -> ensureMeanwhile(email, present));
        } else {
            VertxContextSupport.subscribeAndAwait(() -> ensure(email, present));
        }
    }

    private void ensureMeanwhile(String email, FirstAdminWrites.Present present) {
        try {
            VertxContextSupport.subscribeAndAwait(() -> ensure(email, present));
        } catch (Throwable failure) {
            if (!Stopping.hasBegun()) {
                LOG.errorf(
                        "Whether usher.admin.password is still the admin's was not seen to, and it keeps what it has; start again: %s",
                        failure);
            }
        }
    }

    Uni<Void> ensure(String email) {
        return writes.find(email).chain(present -> ensure(email, present));
    }

    private Uni<Void> ensure(String email, FirstAdminWrites.Present present) {
        return config.password().isPresent()
                ? ensure(email, config.password().get(), present)
                : ensureWithoutPassword(email, present);
    }

    private Uni<Void> ensure(String email, String password, FirstAdminWrites.Present present) {
        return passwords
                .matches(password, present.passwordHash())
                .chain(same -> same ? Uni.createFrom().<String>nullItem() : passwords.hash(password))
                .chain(newHash -> writes.save(email, present.passwordHash(), newHash))
                .replaceWithVoid();
    }

    /** An admin that is there keeps its password. In local mode the very first one gets one that is shown once. */
    private Uni<Void> ensureWithoutPassword(String email, FirstAdminWrites.Present present) {
        if (present.exists() || present.anySuperAdmin() || !ConfigUtils.isProfileActive("local")) {
            return present.anySuperAdmin() && !present.exists()
                    ? Uni.createFrom().voidItem()
                    : writes.save(email, present.passwordHash(), null).replaceWithVoid();
        }
        String madeUp = madeUpPassword();
        return passwords
                .hash(madeUp)
                .chain(hash -> writes.save(email, null, hash))
                .invoke(inserted -> announce(inserted, email, madeUp))
                .replaceWithVoid();
    }

    private void announce(boolean inserted, String email, String password) {
        if (inserted) {
            created.fire(new FirstAdminCreated(email, password));
        }
    }

    /** 96 random bits, and a letter of each kind and a digit whatever they are. */
    private static String madeUpPassword() {
        byte[] random = new byte[MADE_UP_BYTES];
        new SecureRandom().nextBytes(random);
        return "Us7-" + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String requireEmail(String configured) {
        String email = Emails.normalise(configured);
        if (!Emails.isNormalised(email)) {
            throw new StartRefusedException("usher.admin.email is not an email address");
        }
        return email;
    }

    private void requirePassword(String password, @Nullable String email) {
        try {
            policy.require("usher.admin.password", password, email);
        } catch (ProblemException e) {
            throw new StartRefusedException("usher.admin.password: "
                    + e.errors().stream().map(FieldError::message).collect(Collectors.joining(" ")));
        }
    }
}

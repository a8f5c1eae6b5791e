package io.usher.access;

import static io.usher.access.Answer.DONE;
import static io.usher.access.Answer.FORBIDDEN;
import static io.usher.access.Answer.NO_SUCH_USER;
import static io.usher.access.Answer.OPEN;
import static io.usher.access.Answer.SIGN_IN;

import java.util.EnumMap;
import java.util.Map;

/** What each actor is answered: the kinds of access that the contract knows. */
record Rights(Map<Actor, Answer> answers) {
    static final Rights PUBLIC = of(OPEN, OPEN, OPEN, OPEN, OPEN, OPEN);
    static final Rights SIGNED_IN = of(SIGN_IN, DONE, DONE, DONE, DONE, DONE);
    static final Rights SELF_AND_ADMINS = of(SIGN_IN, DONE, FORBIDDEN, DONE, NO_SUCH_USER, DONE);
    static final Rights SELF_ONLY = of(SIGN_IN, DONE, FORBIDDEN, FORBIDDEN, NO_SUCH_USER, FORBIDDEN);

    static final Rights SELF_AND_SUPER_ADMINS = of(SIGN_IN, DONE, FORBIDDEN, FORBIDDEN, NO_SUCH_USER, DONE);

    /** Admins, on a user. */
    static final Rights ADMINS_ON_USER = of(SIGN_IN, FORBIDDEN, FORBIDDEN, DONE, NO_SUCH_USER, DONE);

    /** Admins, on nobody in particular: a list or a creation. */
    static final Rights ADMINS = of(SIGN_IN, FORBIDDEN, FORBIDDEN, DONE, DONE, DONE);

    static final Rights SUPER_ADMINS = of(SIGN_IN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, DONE);
    static final Rights SUPER_ADMINS_ON_USER = of(SIGN_IN, FORBIDDEN, FORBIDDEN, FORBIDDEN, NO_SUCH_USER, DONE);

    /** Nobody, as with what no API key may do. */
    static final Rights NOBODY = of(SIGN_IN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN);

    static final Rights NOBODY_ON_USER = of(SIGN_IN, FORBIDDEN, FORBIDDEN, FORBIDDEN, NO_SUCH_USER, FORBIDDEN);

    private static Rights of(
            Answer anonymous, Answer self, Answer other, Answer inScope, Answer outOfScope, Answer superAdmin) {
        Map<Actor, Answer> answers = new EnumMap<>(Actor.class);
        answers.put(Actor.ANONYMOUS, anonymous);
        answers.put(Actor.SELF, self);
        answers.put(Actor.OTHER_CUSTOMER, other);
        answers.put(Actor.ADMIN_IN_SCOPE, inScope);
        answers.put(Actor.ADMIN_OUT_OF_SCOPE, outOfScope);
        answers.put(Actor.SUPER_ADMIN, superAdmin);
        return new Rights(answers);
    }

    Answer of(Actor actor) {
        return answers.get(actor);
    }
}

package io.usher.bench;

import java.util.UUID;

/** A user that is signed in. */
record Account(UUID id, String accessToken, String refreshToken) {
    /** Without the tokens. */
    @Override
    public String toString() {
        return "Account[" + id + "]";
    }
}

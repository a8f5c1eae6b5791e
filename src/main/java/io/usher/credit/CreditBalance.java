package io.usher.credit;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a user has. */
@Schema(name = "CreditBalance")
record CreditBalance(@Schema(examples = "250") long balance) {}

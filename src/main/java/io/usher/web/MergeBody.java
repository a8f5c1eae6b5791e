package io.usher.web;

import java.util.Set;

/** A body of PATCH or PUT: what is absent stays, what is null is cleared. */
public interface MergeBody {
    /** The properties that are there. */
    Set<String> present();

    /** Those that are there as null, and those whose value is as good as null, such as a blank name. */
    Set<String> cleared();
}

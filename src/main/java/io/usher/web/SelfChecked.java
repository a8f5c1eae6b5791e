package io.usher.web;

import io.usher.problem.FieldError;
import java.util.List;

/** A body, or a part of one, with rules between its fields. What breaks them is told with all other faults of the body. */
public interface SelfChecked {
    /** What does not go together, where parts may be null that are at fault by themselves; fields named as from here on. */
    List<FieldError> faults();
}

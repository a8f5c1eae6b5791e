package io.usher.web;

import io.usher.problem.FieldError;
import java.util.List;

/** A bean with a rule that takes more than a body, such as the configuration. What breaks it is told with all other faults of the body. */
public interface BodyRule {
    /**
     * What breaks the rule.
     *
     * @param body any, whose parts may be null where they are at fault by themselves
     * @return fields named as from this body on
     */
    List<FieldError> faults(Record body);
}

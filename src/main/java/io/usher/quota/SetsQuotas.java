package io.usher.quota;

import java.util.Map;

/** A body that sets quotas, whose resources have to be configured ones. */
public interface SetsQuotas {
    /** The property of the body; empty where it is the body itself. */
    String quotasField();

    /** By resource. */
    Map<String, QuotaSetting> quotasToSet();
}

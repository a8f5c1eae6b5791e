package io.usher.config;

import io.smallrye.config.SmallRyeConfig;
import java.util.Optional;

/** One risk that the settings may hold, looked for before the service starts. */
@FunctionalInterface
interface SettingCheck {
    /** What is wrong, if anything is. */
    Optional<Finding> look(SmallRyeConfig settings);

    /**
     * Something wrong with a setting.
     *
     * @param property the setting at fault
     * @param problem what is wrong, what follows from it, and what to do
     * @param refusal whether the service must not start like that
     */
    record Finding(String property, String problem, boolean refusal) {
        static Finding refusal(String property, String problem) {
            return new Finding(property, problem, true);
        }

        static Finding warning(String property, String problem) {
            return new Finding(property, problem, false);
        }

        /** The finding with both spellings of the property. */
        String describe() {
            return property + " (" + Settings.environmentVariable(property) + "): " + problem;
        }
    }
}

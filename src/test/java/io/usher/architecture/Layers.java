package io.usher.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;

/** Which packages there are, and which may use which (docs/architecture.md). A new package is entered here, or the build fails. */
final class Layers {
    private static final String ROOT = "io.usher.";

    /** What users of the service ask for. */
    static final Set<String> FEATURES = Set.of(
            "auth",
            "user",
            "quota",
            "generation",
            "credit",
            "apikey",
            "activity",
            "preference",
            "fieldwork",
            "transfer",
            "migration",
            "stats",
            "privacy",
            "audit");

    /** What features stand on, each with what it may use in turn. */
    static final Map<String, Set<String>> FOUNDATIONS = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("problem", Set.of("config")),
            Map.entry("web", Set.of("problem", "config")),
            Map.entry("persistence", Set.of("web", "problem", "config")),
            Map.entry("cache", Set.of("problem", "config")),
            Map.entry("ratelimit", Set.of("problem", "config", "cache")),
            Map.entry("security", Set.of("cache", "ratelimit", "web", "problem", "persistence", "config")),
            Map.entry("mail", Set.of("security", "web", "problem", "persistence", "config")),
            Map.entry("local", Set.of("config")));

    private Layers() {}

    /** The first package below the root, such as {@code user}; empty for the root and for what is not ours. */
    static String packageOf(JavaClass type) {
        String name = type.getPackageName() + ".";
        if (!name.startsWith(ROOT)) {
            return "";
        }
        String below = name.substring(ROOT.length());
        return below.isEmpty() ? "" : below.substring(0, below.indexOf('.'));
    }

    static boolean isFeature(JavaClass type) {
        return FEATURES.contains(packageOf(type));
    }

    static boolean isFoundation(JavaClass type) {
        return FOUNDATIONS.containsKey(packageOf(type));
    }

    /** The program itself: it may use everything, and nothing uses it. */
    static boolean isRoot(JavaClass type) {
        return type.getPackageName().equals("io.usher");
    }

    static final DescribedPredicate<JavaClass> IN_A_FEATURE =
            DescribedPredicate.describe("in a feature", Layers::isFeature);

    static final DescribedPredicate<JavaClass> IN_A_FOUNDATION =
            DescribedPredicate.describe("in a foundation", Layers::isFoundation);

    /** In a package that stands above in neither list. */
    static final DescribedPredicate<JavaClass> UNKNOWN = DescribedPredicate.describe(
            "in no package that Layers names", type -> !isFeature(type) && !isFoundation(type) && !isRoot(type));
}

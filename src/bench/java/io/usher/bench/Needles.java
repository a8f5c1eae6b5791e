package io.usher.bench;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is searched for: parts of names, of 4 to 8 characters, by how many users have them.
 *
 * @param byHits names of the classes ({@link #FEW}, …) to their needles
 */
record Needles(Map<String, List<String>> byHits) {
    static final String FEW = "1 to 20 hits";
    static final String HUNDREDS = "100 to 400 hits";
    static final String THOUSAND = "700 to 1,000 hits";

    private static final int ENOUGH = 8;
    private static final int TOO_MANY = 1_001;
    private static final int SHORTEST = 4;
    private static final int STEPS = 400;
    private static final int STRIDE = 37;
    private static final String PHONES =
            "select right(phone, 7) from users where phone is not null and deleted_at is null limit ?";
    private static final String COUNT =
            "select count(*) from users where search_text like '%' || ? || '%' and deleted_at is null";

    /** Looks for needles of each class among what the users have. */
    static Needles find(Database database) throws SQLException {
        Map<String, List<String>> found = new TreeMap<>();
        for (String hits : List.of(FEW, HUNDREDS, THOUSAND)) {
            found.put(hits, new ArrayList<>());
        }
        List<String> candidates = candidates(database);
        for (int i = 0; i < candidates.size() && !areEnough(found); i++) {
            String candidate = candidates.get(i);
            List<String> needles = found.get(classOf(database.number(COUNT, candidate)));
            if (needles != null && needles.size() < ENOUGH && !needles.contains(candidate)) {
                needles.add(candidate);
            }
        }
        return new Needles(found);
    }

    private static boolean areEnough(Map<String, List<String>> found) {
        return found.values().stream().allMatch(needles -> needles.size() >= ENOUGH);
    }

    /** The ends of some phone numbers, parts of mail hosts, and beginnings of last names, frequent and rare ones by turns. */
    private static List<String> candidates(Database database) throws SQLException {
        List<String> candidates = new ArrayList<>(database.texts(PHONES, ENOUGH));
        candidates.addAll(Names.hosts());
        List<String> names = new Names().lastByFrequency();
        for (int step = 0; step < STEPS; step++) {
            double share = step * STRIDE % STEPS / (double) STEPS;
            String name = Names.plain(names.get((int) Math.pow(names.size(), share) - 1));
            if (name.length() >= SHORTEST) {
                candidates.add(name.substring(0, Math.min(name.length(), SHORTEST + step % 5)));
            }
        }
        return candidates;
    }

    /** Of two characters, which are found at the start of a text only. */
    List<String> prefixes() {
        return byHits.values().stream()
                .flatMap(List::stream)
                .map(needle -> needle.substring(0, 2))
                .distinct()
                .toList();
    }

    private static String classOf(long hits) {
        if (hits >= 1 && hits <= 20) {
            return FEW;
        }
        if (hits >= 100 && hits <= 400) {
            return HUNDREDS;
        }
        return hits >= 700 && hits < TOO_MANY ? THOUSAND : "none";
    }
}

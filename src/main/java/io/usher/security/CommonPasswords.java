package io.usher.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The passwords that are tried first: the words of a list, in any case, with digits for letters, and with the tails that people put on
 * them to get past a rule ({@code P4ssword2024!}). A word counts only where little is added to it.
 */
@ApplicationScoped
class CommonPasswords {
    private static final String RESOURCE = "/security/common-passwords.txt";
    private static final int MAX_TAIL = 10;
    private static final Pattern TAIL = Pattern.compile(
            "[\\d\\p{Punct}]{0,4}|\\p{Punct}?(19|20)\\d\\d\\p{Punct}?|1234(5(6(7(89?)?)?)?)?\\p{Punct}?");
    private static final Pattern HEAD = Pattern.compile("^[\\d\\p{Punct}]{1,3}");

    private final Set<String> words;

    @Inject
    CommonPasswords() {
        this.words = load();
    }

    boolean contains(String password) {
        String lower = password.toLowerCase(Locale.ROOT);
        return isWord(lower) || isWord(HEAD.matcher(lower).replaceFirst(""));
    }

    /** Tails of every length are tried: the digit at the end of a word may be one of its letters. */
    private boolean isWord(String lower) {
        for (int tail = 0; tail <= MAX_TAIL && tail < lower.length(); tail++) {
            int end = lower.length() - tail;
            if (TAIL.matcher(lower.substring(end)).matches() && isListed(lower.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private boolean isListed(String text) {
        return words.contains(text) || words.contains(unmask(text, 'i')) || words.contains(unmask(text, 'l'));
    }

    private static String unmask(String text, char one) {
        return text.replace('0', 'o')
                .replace('1', one)
                .replace('!', one)
                .replace('3', 'e')
                .replace('4', 'a')
                .replace('@', 'a')
                .replace('5', 's')
                .replace('$', 's')
                .replace('7', 't');
    }

    private static Set<String> load() {
        try (InputStream resource = CommonPasswords.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The resource " + RESOURCE + " is missing from the package");
            }
            return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("The resource " + RESOURCE + " cannot be read", e);
        }
    }
}

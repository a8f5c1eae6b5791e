package io.usher.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lists of entity tags (RFC 9110, section 8.8.3), weak or strong, as {@code If-Match} and {@code If-None-Match} carry them. */
final class EntityTags {
    private static final Pattern TAG =
            Pattern.compile("\\G[ \\t,]*(?:W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*+\")[ \\t]*(?=,|$)");

    private EntityTags() {}

    /** The tags with their quotes, without the weak mark; empty where the header is not a list of tags. */
    static List<String> parse(String header) {
        List<String> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(header);
        int end = 0;
        while (matcher.find()) {
            tags.add(matcher.group(1));
            end = matcher.end();
        }
        return header.substring(end).matches("[ \\t,]*") ? tags : List.of();
    }
}

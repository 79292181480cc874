package io.longshore.registry.client.http;

import io.longshore.registry.model.Quoted;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code Warning} headers; only those with code 299 and no agent mean anything here. */
final class Warnings {
    private static final Pattern GRAMMAR = Pattern.compile("\\s*+299 - \"((?:[^\"\\\\]|\\\\.)*+)\".*+");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private Warnings() {}

    /** The texts, unquoted. */
    static List<String> texts(List<String> headers) {
        return headers.stream()
                .map(GRAMMAR::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Quoted.of(ESCAPED.matcher(matcher.group(1)).replaceAll("$1")))
                .toList();
    }
}

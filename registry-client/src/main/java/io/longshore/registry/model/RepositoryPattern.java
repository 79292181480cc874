package io.longshore.registry.model;

import java.util.regex.Pattern;

/**
 * Names of repositories, as one text: {@code *} stands for any characters but slashes, {@code **} for any characters.
 * {@code team/*} is {@code team/app} and not {@code team/app/base}; {@code team/**} is both; {@code **} is all there
 * are. Every name is a pattern, of itself alone.
 */
public record RepositoryPattern(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9._/*-]{1,255}");

    /** Every repository. */
    public static final RepositoryPattern ALL = new RepositoryPattern("**");

    /**
     * @throws RegistryException.Invalid {@link ErrorCode#NAME_INVALID} if no name can match it because of its signs
     */
    public RepositoryPattern {
        if (!GRAMMAR.matcher(value).matches() || value.contains("***")) {
            throw new RegistryException.Invalid(
                    ErrorCode.NAME_INVALID,
                    "a repository pattern has 1 to 255 characters of repository names, '*' and '**'",
                    Quoted.of(value));
        }
    }

    public static RepositoryPattern parse(String text) {
        return new RepositoryPattern(text);
    }

    /** In a time that grows with the product of both lengths and no faster, whatever the pattern. */
    public boolean matches(RepositoryName name) {
        String text = name.value();
        int star = value.indexOf('*');
        if (star < 0) {
            return text.equals(value);
        }
        // Most patterns are decided by what they begin with, and every request asks some.
        if (!text.regionMatches(0, value, 0, star)) {
            return false;
        }
        return star == value.length() - 2 && value.endsWith("**") || matchesAll(text);
    }

    private boolean matchesAll(String text) {
        // Whether the pattern up to here matches the first so many characters of the name.
        boolean[] matched = new boolean[text.length() + 1];
        matched[0] = true;
        for (int at = 0; at < value.length(); at++) {
            char sign = value.charAt(at);
            if (sign != '*') {
                matched = afterLetter(matched, text, sign);
            } else if (value.startsWith("**", at)) {
                at++;
                spread(matched, text, true);
            } else {
                spread(matched, text, false);
            }
        }
        return matched[text.length()];
    }

    private static boolean[] afterLetter(boolean[] matched, String text, char letter) {
        boolean[] next = new boolean[matched.length];
        for (int end = 0; end < text.length(); end++) {
            next[end + 1] = matched[end] && text.charAt(end) == letter;
        }
        return next;
    }

    private static void spread(boolean[] matched, String text, boolean overSlashes) {
        for (int end = 0; end < text.length(); end++) {
            matched[end + 1] |= matched[end] && (overSlashes || text.charAt(end) != '/');
        }
    }

    /** What every name that matches begins with: all before the first {@code *}. */
    public String literalPrefix() {
        int star = value.indexOf('*');
        return star < 0 ? value : value.substring(0, star);
    }

    /** Whether it is the name of one repository. */
    public boolean isLiteral() {
        return value.indexOf('*') < 0;
    }

    /** The same language as a regular expression of PostgreSQL, anchored at both ends. */
    public String toRegex() {
        return '^' + value.replace(".", "\\.").replace("**", "\0").replace("*", "[^/]*").replace("\0", ".*") + '$';
    }

    @Override
    public String toString() {
        return value;
    }
}

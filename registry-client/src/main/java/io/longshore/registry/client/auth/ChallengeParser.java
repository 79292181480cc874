package io.longshore.registry.client.auth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one {@code WWW-Authenticate} header: a list of challenges whose parameters are separated by commas as well, so
 * that only the equals sign tells a parameter from the next scheme (RFC 9110, section 11.6.1). Not thread-safe.
 */
final class ChallengeParser {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final String TOKEN68_MARKS = "-._~+/";

    private final String text;
    private final List<Challenge> challenges = new ArrayList<>();
    private String scheme = "";
    private Map<String, String> parameters = new HashMap<>();
    private int at;

    ChallengeParser(String text) {
        this.text = text;
    }

    List<Challenge> parse() {
        skipSeparators();
        while (at < text.length()) {
            String token = token();
            if (token.isEmpty()) {
                skipToComma();
            } else if (isEqualsNext()) {
                parameter(token);
            } else {
                begin(token);
            }
            skipSeparators();
        }
        end();
        return List.copyOf(challenges);
    }

    private void begin(String newScheme) {
        end();
        scheme = newScheme;
        skipSpaces();
        skipToken68();
    }

    private void end() {
        if (!scheme.isEmpty()) {
            challenges.add(new Challenge(scheme, parameters));
            parameters = new HashMap<>();
        }
    }

    private void parameter(String name) {
        skipSpaces();
        at++;
        skipSpaces();
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
        parameters.putIfAbsent(name.toLowerCase(Locale.ROOT), value);
    }

    private String token() {
        int from = at;
        while (at < text.length() && isOf(TOKEN_MARKS)) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        at = Math.min(at + 1, text.length());
        return value.toString();
    }

    /** Passes over what stands in place of parameters, such as the blob of {@code Negotiate}. */
    private void skipToken68() {
        int from = at;
        while (at < text.length() && isOf(TOKEN68_MARKS)) {
            at++;
        }
        while (at > from && at < text.length() && text.charAt(at) == '=') {
            at++;
        }
        skipSpaces();
        if (at < text.length() && text.charAt(at) != ',') {
            at = from;
        }
    }

    private boolean isOf(String marks) {
        char c = text.charAt(at);
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || marks.indexOf(c) >= 0;
    }

    private boolean isEqualsNext() {
        int next = at;
        while (next < text.length() && isSpace(next)) {
            next++;
        }
        return next < text.length() && text.charAt(next) == '=';
    }

    private boolean isSpace(int index) {
        return text.charAt(index) == ' ' || text.charAt(index) == '\t';
    }

    private void skipSpaces() {
        while (at < text.length() && isSpace(at)) {
            at++;
        }
    }

    private void skipSeparators() {
        while (at < text.length() && (isSpace(at) || text.charAt(at) == ',')) {
            at++;
        }
    }

    private void skipToComma() {
        while (at < text.length() && text.charAt(at) != ',') {
            at++;
        }
    }
}

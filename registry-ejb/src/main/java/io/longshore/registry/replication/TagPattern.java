package io.longshore.registry.replication;

import io.longshore.registry.model.Tag;
import java.util.regex.Pattern;

/** Tags, as one text: {@code *} stands for any characters. Every tag is a pattern, of itself alone. */
public record TagPattern(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9._*-]{1,128}");

    /** @throws IllegalArgumentException if no tag can match it */
    public TagPattern {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("expected 1 to 128 letters, digits, '_', '.', '-' and '*'");
        }
    }

    /** In a time that grows with the product of both lengths, and no faster. */
    public boolean matches(Tag tag) {
        String text = tag.value();
        int at = 0;
        int next = 0;
        int star = -1;
        int resume = 0;
        while (next < text.length()) {
            if (at < value.length() && value.charAt(at) == '*') {
                star = at++;
                resume = next;
            } else if (at < value.length() && value.charAt(at) == text.charAt(next)) {
                at++;
                next++;
            } else if (star >= 0) {
                // The last star takes one more, which is enough: what came before it is matched already.
                at = star + 1;
                next = ++resume;
            } else {
                return false;
            }
        }
        return value.substring(at).chars().allMatch(sign -> sign == '*');
    }

    @Override
    public String toString() {
        return value;
    }
}

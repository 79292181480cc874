package io.longshore.registry.access.oidc;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A text in which {@code *} stands for any characters. Matches in linear time. */
final class ClaimPattern {
    private final Pattern pattern;

    ClaimPattern(String text) {
        pattern = Pattern.compile(
                Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
                Pattern.DOTALL);
    }

    boolean matches(String text) {
        return pattern.matches(text);
    }

    /** A claim that is a list matches if one of its items does; numbers and truth values match as JSON writes them. */
    boolean matchesClaim(Object value) {
        if (value instanceof List<?> items) {
            return items.stream().anyMatch(item -> !(item instanceof List<?>) && matchesClaim(item));
        }
        boolean scalar = value instanceof String || value instanceof Boolean || value instanceof Long;
        return scalar && matches(value.toString());
    }
}

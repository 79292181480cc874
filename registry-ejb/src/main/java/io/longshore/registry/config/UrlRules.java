package io.longshore.registry.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/**
 * Which URLs the layers of a pushed manifest may name. A rule is a regular expression that is looked for anywhere in
 * the URL; without a rule, all are permitted.
 *
 * <p>The URLs come from strangers, so the expressions run in linear time (RE2, whose syntax distribution has too).
 */
public final class UrlRules {
    /** Permits every URL. */
    public static final UrlRules ANY = new UrlRules(List.of(), List.of());

    private final List<Pattern> allow;
    private final List<Pattern> deny;

    private UrlRules(List<Pattern> allow, List<Pattern> deny) {
        this.allow = List.copyOf(allow);
        this.deny = List.copyOf(deny);
    }

    /**
     * @param allow where there are any, a URL must match one of them
     * @param deny a URL must match none of them
     * @throws IllegalArgumentException if one is not a regular expression
     */
    public static UrlRules of(List<String> allow, List<String> deny) {
        return new UrlRules(
                allow.stream().map(UrlRules::compile).toList(),
                deny.stream().map(UrlRules::compile).toList());
    }

    /** Whether a pushed layer may name this URL. */
    public boolean permits(String url) {
        return (allow.isEmpty() || anyMatches(allow, url)) && !anyMatches(deny, url);
    }

    static Pattern compile(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "expected regular expressions in the syntax of RE2 (" + e.getDescription() + ")", e);
        }
    }

    private static boolean anyMatches(List<Pattern> patterns, String url) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(url).find());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UrlRules rules && allow.equals(rules.allow) && deny.equals(rules.deny);
    }

    @Override
    public int hashCode() {
        return 31 * allow.hashCode() + deny.hashCode();
    }

    @Override
    public String toString() {
        return "UrlRules[allow=" + allow + ", deny=" + deny + "]";
    }
}

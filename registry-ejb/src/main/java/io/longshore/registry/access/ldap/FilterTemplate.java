package io.longshore.registry.access.ldap;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A search filter with places, such as {@code {user}}, for values. Immutable. */
final class FilterTemplate {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9]+)}");

    private final String text;

    /**
     * @param places that the filter may have
     * @throws IllegalArgumentException if it has others, or is no filter
     */
    FilterTemplate(String text, Set<String> places) {
        this.text = text;
        String expected = "expected a filter of LDAP with values in parentheses, and places among "
                + places.stream().sorted().map(place -> "{" + place + "}").collect(Collectors.joining(" "));
        try {
            if (PLACE.matcher(text).results().anyMatch(place -> !places.contains(place.group(1)))) {
                throw new IllegalArgumentException(expected);
            }
            parse(places.stream().collect(Collectors.toMap(place -> place, place -> "a")));
        } catch (LDAPException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    boolean has(String place) {
        return text.contains("{" + place + "}");
    }

    /** The filter with values in their places. A value is never read as part of the filter, whatever it holds. */
    Filter fill(Map<String, String> values) {
        try {
            return parse(values);
        } catch (LDAPException e) {
            throw new IllegalStateException("a filter is none any more with values in it", e);
        }
    }

    private Filter parse(Map<String, String> values) throws LDAPException {
        // In one pass: what looks like a place in a value is none.
        return Filter.create(PLACE.matcher(text).replaceAll(place ->
                Matcher.quoteReplacement(Filter.encodeValue(values.get(place.group(1))))));
    }
}

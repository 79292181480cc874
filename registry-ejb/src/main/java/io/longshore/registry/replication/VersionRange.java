package io.longshore.registry.replication;

import io.longshore.registry.model.Tag;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.semver4j.Semver;
import org.semver4j.range.RangeList;
import org.semver4j.range.RangeListFactory;

/**
 * Versions by the rules of semver.org, in a range as npm writes them: {@code ^1.2}, {@code >=1.4 <2}, {@code 1.x ||
 * 3.x}. A tag is a version if it has all three numbers, with or without a {@code v} before them.
 */
public final class VersionRange {
    private static final String NUMBER = "(?:0|[1-9]\\d{0,8}|[xX*])";
    private static final String PARTIAL =
            "v?" + NUMBER + "(?:\\." + NUMBER + "(?:\\." + NUMBER + "(?:-[0-9A-Za-z.-]+)?)?)?";
    private static final String COMPARATOR = "(?:\\^|~|[<>]=?|=)?" + PARTIAL;
    private static final String ALL_OF =
            "(?:" + PARTIAL + " - " + PARTIAL + "|" + COMPARATOR + "(?: +" + COMPARATOR + ")*+)";
    /** The library takes for a range whatever it can make something of, and what is not there for all versions. */
    private static final Pattern GRAMMAR = Pattern.compile(" *" + ALL_OF + "(?: *\\|\\| *" + ALL_OF + ")*+ *");
    private static final int LONGEST = 200;

    private static final Pattern VERSION = Pattern.compile(
            "v?(?:0|[1-9]\\d{0,8})\\.(?:0|[1-9]\\d{0,8})\\.(?:0|[1-9]\\d{0,8})(?:-[0-9A-Za-z.-]+)?");

    /** The newest first; tags that are no versions come last. */
    static final Comparator<Tag> NEWEST_FIRST = Comparator
            .comparing(VersionRange::version, Comparator.comparing(
                    version -> version.orElse(Semver.ZERO), Comparator.<Semver>naturalOrder().reversed()))
            .thenComparing(Tag::value);

    private final String text;
    private final RangeList ranges;

    private VersionRange(String text, RangeList ranges) {
        this.text = text;
        this.ranges = ranges;
    }

    /** @throws IllegalArgumentException if it is none; the message says what was expected */
    public static VersionRange parse(String text) {
        String expected = "expected a range of versions such as \">=1.4 <2\", \"^1.2\" or \"1.x || 3.x\"";
        if (text.length() > LONGEST || !GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(expected);
        }
        return new VersionRange(text, RangeListFactory.create(text));
    }

    /** Whether it is a version in this range. One before a release is if the range names one before the same release. */
    boolean contains(Tag tag) {
        return version(tag).filter(ranges::isSatisfiedBy).isPresent();
    }

    private static Optional<Semver> version(Tag tag) {
        String value = tag.value();
        if (!VERSION.matcher(value).matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(Semver.parse(value.startsWith("v") ? value.substring(1) : value));
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange range && range.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}

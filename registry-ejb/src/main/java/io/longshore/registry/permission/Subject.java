package io.longshore.registry.permission;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * To whom a rule gives something. Written {@code user:alice}, {@code group:developers}, {@code robot:ci},
 * {@code anonymous} (everybody) or {@code authenticated} (every user who has logged in, and no robot).
 *
 * @param name empty for the last two; else 1 to 255 characters without control characters
 */
public record Subject(Kind kind, String name) {
    /** What subjects there are. */
    public enum Kind {
        USER,
        GROUP,
        ROBOT,
        ANONYMOUS,
        AUTHENTICATED;

        /** As it is written, such as {@code user}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isNamed() {
            return this == USER || this == GROUP || this == ROBOT;
        }
    }

    private static final Pattern NAME = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,255}");

    public static final Subject ANONYMOUS = new Subject(Kind.ANONYMOUS, "");
    public static final Subject AUTHENTICATED = new Subject(Kind.AUTHENTICATED, "");

    /**
     * @throws IllegalArgumentException if there is a name where there is none, or none where there is one, or one that
     *     {@linkplain #isName cannot be}
     */
    public Subject {
        if (kind.isNamed() ? !isName(name) : !name.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a name of 1 to 255 characters without control characters, and none for "
                            + "anonymous and authenticated");
        }
    }

    /** Whether users, groups and robots may be called so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches() && text.equals(text.strip());
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none; the message says what was expected
     */
    public static Subject parse(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word) && kind.isNamed() == colon >= 0) {
                return new Subject(kind, text.substring(colon < 0 ? text.length() : colon + 1));
            }
        }
        throw new IllegalArgumentException(
                "expected user:NAME, group:NAME, robot:NAME, anonymous or authenticated");
    }

    @Override
    public String toString() {
        return kind.isNamed() ? kind.word() + ':' + name : kind.word();
    }
}

package io.longshore.registry.replication;

import java.util.Locale;

/** Which way is copied. */
public enum Direction {
    /** From the other registry to this one. */
    PULL,
    /** From this registry to the other one. */
    PUSH;

    /** As it is written, such as {@code pull}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if it is no such word; the message says which there are */
    public static Direction of(String word) {
        for (Direction direction : values()) {
            if (direction.word().equals(word)) {
                return direction;
            }
        }
        throw new IllegalArgumentException("expected pull or push");
    }
}

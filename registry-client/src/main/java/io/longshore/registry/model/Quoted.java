package io.longshore.registry.model;

/** Input from the other side, made fit to be shown: short and without control characters. */
public final class Quoted {
    private static final int LIMIT = 200;

    private Quoted() {}

    /** At most 201 characters of {@code input}. */
    public static String of(String input) {
        String cut = input.length() > LIMIT ? input.substring(0, LIMIT) + "…" : input;
        return cut.chars()
                .map(c -> Character.isISOControl(c) || Character.isSurrogate((char) c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

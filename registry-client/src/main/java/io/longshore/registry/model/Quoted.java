package io.longshore.registry.model;

/** Input of a client, made fit to be shown back: short and without control characters. */
final class Quoted {
    private static final int LIMIT = 200;

    private Quoted() {}

    static String of(String input) {
        String cut = input.length() > LIMIT ? input.substring(0, LIMIT) + "…" : input;
        return cut.chars()
                .map(c -> Character.isISOControl(c) || Character.isSurrogate((char) c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

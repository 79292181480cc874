package io.longshore.registry.model;

import java.util.regex.Pattern;

/** A movable name of a manifest in a repository: {@code [a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}}. */
public record Tag(String value) implements Reference {
    private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /**
     * @throws RegistryException.Invalid {@link ErrorCode#TAG_INVALID}
     */
    public Tag {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new RegistryException.Invalid(
                    ErrorCode.TAG_INVALID,
                    "a tag has at most 128 letters, digits, '_', '.', '-' and begins with none of the last two",
                    Quoted.of(value));
        }
    }

    public static Tag parse(String text) {
        return new Tag(text);
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.longshore.registry.model;

import java.util.regex.Pattern;

/** The name of a repository: lower-case components joined by slashes, 255 characters at most. */
public record RepositoryName(String value) {
    /** The longest name, in characters. */
    public static final int MAX_LENGTH = 255;

    // Possessive quantifiers: the same language, and no backtracking for whoever tries.
    private static final String COMPONENT = "[a-z0-9]++(?:(?:[.]|__?|-++)[a-z0-9]++)*+";
    private static final Pattern GRAMMAR = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*+");

    /**
     * @throws RegistryException.Invalid {@link ErrorCode#NAME_INVALID}
     */
    public RepositoryName {
        if (value.length() > MAX_LENGTH || !GRAMMAR.matcher(value).matches()) {
            throw new RegistryException.Invalid(
                    ErrorCode.NAME_INVALID,
                    "a repository name has at most 255 lower-case letters and digits, separated within a component by"
                            + " '.', '_', '__' or '-', with '/' between components",
                    Quoted.of(value));
        }
    }

    public static RepositoryName parse(String text) {
        return new RepositoryName(text);
    }

    @Override
    public String toString() {
        return value;
    }
}

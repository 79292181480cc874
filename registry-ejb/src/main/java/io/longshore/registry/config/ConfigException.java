package io.longshore.registry.config;

import java.util.List;

/**
 * The configuration cannot be used. Carries everything that is wrong with it, one line for each problem: the key, where
 * it was set, and what would be right. Contains no secret.
 */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** At least one line. */
    public List<String> problems() {
        return problems;
    }
}

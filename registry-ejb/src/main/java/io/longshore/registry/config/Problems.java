package io.longshore.registry.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong and what is without effect, each once, in the order found. Not thread-safe. */
final class Problems {
    private static final int LONGEST_VALUE = 80;

    private final Set<String> lines = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    void add(String line) {
        lines.add(line);
    }

    void add(String key, Source source, String line) {
        lines.add(about(key, source) + line);
    }

    void warn(String key, Source source, String line) {
        warnings.add(about(key, source) + line);
    }

    private static String about(String key, Source source) {
        return quoted(key) + " (" + quoted(source.text()) + "): ";
    }

    /** Fit for a line of a message: short and without control characters. */
    static String quoted(String input) {
        String cut = input.length() > LONGEST_VALUE ? input.substring(0, LONGEST_VALUE) + "…" : input;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /**
     * @throws ConfigException if there is any problem
     */
    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new ConfigException(List.copyOf(lines));
        }
    }
}

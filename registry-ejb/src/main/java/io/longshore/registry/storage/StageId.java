package io.longshore.registry.storage;

import java.util.regex.Pattern;

/**
 * Names a stage within its driver. Given by the driver, kept by the registry from one request to the next, on any node:
 * all that a driver must know to go on has to follow from it.
 */
public record StageId(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9._~:/+=-]{1,1024}");

    public StageId {
        if (!GRAMMAR.matcher(value).matches()) {
            throw new IllegalArgumentException("not a stage id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}

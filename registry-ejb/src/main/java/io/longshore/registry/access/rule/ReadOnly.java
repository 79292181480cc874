package io.longshore.registry.access.rule;

/**
 * Whether the registry refuses to be written to at present.
 *
 * @param message what those who are refused are told; may be empty
 */
public record ReadOnly(boolean enabled, String message) {
    public static final ReadOnly OFF = new ReadOnly(false, "");
}

package io.longshore.registry.config;

/** What is checked when a manifest is pushed, beyond what the specification asks for. */
public record ValidationConfig(IndexValidation indexes, UrlRules urls) {
    /** Nothing is checked. */
    static ValidationConfig disabled() {
        return new ValidationConfig(IndexValidation.NOTHING, UrlRules.ANY);
    }
}

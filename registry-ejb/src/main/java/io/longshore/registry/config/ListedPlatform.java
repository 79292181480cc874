package io.longshore.registry.config;

/** What an image runs on, as far as an administrator says it: a variant of the architecture makes no difference. */
public record ListedPlatform(String os, String architecture) {}

package io.longshore.registry.permission;

/** Whom something is granted. */
public record Rule(Subject subject, Grant grant) {}

package io.longshore.registry.mirror;

import java.util.List;

/**
 * What is pulled.
 *
 * @param warnings what whoever pulls it should know; empty if it is as it should be
 */
public record Pulled<T>(T content, List<String> warnings) {}

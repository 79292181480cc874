package io.longshore.registry.web.debug;

import java.util.function.Supplier;

/**
 * What is to be read under a path.
 *
 * @param contentType with the character set, which is UTF-8
 * @param text makes it anew for each request; may take a while, and is asked by several threads
 */
public record Page(String contentType, Supplier<String> text) {}

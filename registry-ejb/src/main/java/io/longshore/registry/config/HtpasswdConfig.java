package io.longshore.registry.config;

import java.nio.file.Path;

/**
 * Users in an htpasswd file.
 *
 * @param realm fit for a quoted string in a header
 */
public record HtpasswdConfig(Path path, String realm) {}

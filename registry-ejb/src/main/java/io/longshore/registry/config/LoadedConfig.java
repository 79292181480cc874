package io.longshore.registry.config;

import java.util.List;

/**
 * A configuration that can be used, and what its author should know about it.
 *
 * @param warnings one line for each key that was set and changes nothing; contains no secret
 */
public record LoadedConfig(RegistryConfig config, List<String> warnings) {
    public LoadedConfig {
        warnings = List.copyOf(warnings);
    }
}

package io.longshore.registry.config;

import java.util.List;

/**
 * What other registries are mirrored here.
 *
 * @param upstreams in the order written; no two have one name, prefix or namespace
 */
public record MirrorConfig(List<UpstreamConfig> upstreams) {
    public MirrorConfig {
        upstreams = List.copyOf(upstreams);
    }
}

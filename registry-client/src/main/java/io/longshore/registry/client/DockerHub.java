package io.longshore.registry.client;

import java.util.Locale;
import java.util.Set;

/** The registry that is meant where none is named, and answers under another name than it has. */
final class DockerHub {
    /** What it is called in names of images. */
    static final String NAME = "docker.io";

    private static final String API = "registry-1.docker.io";
    private static final Set<String> NAMES = Set.of(NAME, "index.docker.io", API);

    private DockerHub() {}

    /** Whether this host is Docker Hub. */
    static boolean isName(String host) {
        return NAMES.contains(host.toLowerCase(Locale.ROOT));
    }

    /** Where the registry of this name is asked. */
    static String api(String host) {
        return isName(host) ? API : host;
    }
}

package io.longshore.registry.config;

import java.nio.file.Path;
import java.util.Optional;

/** Reads {@code auth.htpasswd}. */
final class HtpasswdConfigReader {
    private final Settings settings;
    private final Problems problems;

    HtpasswdConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** Empty if there is no such section. */
    Optional<HtpasswdConfig> read() {
        Optional<Path> path = settings.find(HtpasswdKeys.PATH);
        String realm = settings.get(HtpasswdKeys.REALM);
        if (path.isEmpty()) {
            settings.section(HtpasswdKeys.SECTION).ifPresent(source -> problems.add(
                    HtpasswdKeys.SECTION, source, "expected " + source.spell(HtpasswdKeys.PATH.name()) + " to be set"));
        }
        return path.map(file -> new HtpasswdConfig(file, realm));
    }
}

package io.longshore.registry.config;

import java.util.Optional;

/** Reads {@code auth.certificate}. */
final class CertificateConfigReader {
    private final Settings settings;
    private final Problems problems;

    CertificateConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** Empty if there is no such section. */
    Optional<CertificateConfig> read() {
        String prefix = settings.find(CertificateKeys.PREFIX).orElse("");
        Optional<CertificateConfig.Groups> groups = settings.find(CertificateKeys.GROUPS);
        if (settings.source(CertificateKeys.NAME).isEmpty()) {
            settings.section(CertificateKeys.SECTION).ifPresent(source -> problems.add(CertificateKeys.SECTION, source,
                    "expected " + source.spell(CertificateKeys.NAME.name()) + " to be set"));
        }
        return settings.find(CertificateKeys.NAME).map(name -> new CertificateConfig(name, prefix, groups));
    }
}

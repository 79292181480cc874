package io.longshore.registry.config;

import java.util.Optional;

/**
 * Users by their certificates.
 *
 * @param prefix what the names of users and groups begin with; may be empty
 * @param groups what has the names of groups; empty for no groups
 */
public record CertificateConfig(Name name, String prefix, Optional<Groups> groups) {
    /** What has the name of a user: attributes of the subject, or one of its alternative names. */
    public enum Name {
        CN,
        DN,
        EMAIL,
        DNS,
        URI
    }

    /** An attribute of the subject. */
    public enum Groups {
        OU,
        O
    }
}

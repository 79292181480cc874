package io.longshore.registry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * HTTPS by the server that the run command starts. The files are read by that server, and again whenever they change;
 * nothing here says that they are there.
 *
 * @param certificate the certificate in PEM, and behind it those that lead to an authority
 * @param key the private key in PEM
 * @param clients what is asked of clients; empty if they are not asked for certificates
 * @param minimum the oldest version of TLS that is spoken
 * @param cipherSuites by their IANA names, all of them known to this JDK; empty for those of the server
 */
public record TlsConfig(
        Path certificate, Path key, Optional<Clients> clients, Version minimum, List<String> cipherSuites) {
    public TlsConfig {
        cipherSuites = List.copyOf(cipherSuites);
    }

    /**
     * Certificates of clients.
     *
     * @param authorities files in PEM with the certificates of those who issue certificates for clients
     */
    public record Clients(List<Path> authorities, ClientAuth auth) {
        public Clients {
            authorities = List.copyOf(authorities);
        }
    }

    /** How certificates of clients are dealt with. */
    public enum ClientAuth {
        /** Clients may show a certificate, and any will do. */
        REQUEST_CLIENT_CERT(false, false),

        /** Clients must show a certificate, and any will do. */
        REQUIRE_ANY_CLIENT_CERT(true, false),

        /** Clients may show a certificate, which must then be one of the authorities'. */
        VERIFY_CLIENT_CERT_IF_GIVEN(false, true),

        /** Clients must show a certificate of one of the authorities. */
        REQUIRE_AND_VERIFY_CLIENT_CERT(true, true);

        private final boolean required;
        private final boolean verified;

        ClientAuth(boolean required, boolean verified) {
            this.required = required;
            this.verified = verified;
        }

        /** Whether there is no connection without a certificate. */
        public boolean required() {
            return required;
        }

        /** Whether a certificate that a client has shown says who it is; otherwise anybody may have made it. */
        public boolean verified() {
            return verified;
        }

        /** As it is configured. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A version of TLS. */
    public enum Version {
        TLS_1_2("tls1.2"),
        TLS_1_3("tls1.3");

        private final String text;

        Version(String text) {
            this.text = text;
        }

        /** As it is configured. */
        @Override
        public String toString() {
            return text;
        }
    }
}

package io.longshore.registry.launcher;

import io.longshore.registry.config.TlsConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What {@code standalone.xml} asks of TLS, in the words of the server. */
final class TlsProperties {
    /** Those of distribution, whatever the JDK calls its default: forward secrecy, and nothing but AEAD. */
    private static final List<String> STANDARD = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");

    private TlsProperties() {}

    static Map<String, String> of(TlsConfig tls) {
        boolean only13 = tls.minimum() == TlsConfig.Version.TLS_1_3;
        Optional<TlsConfig.ClientAuth> auth = tls.clients().map(TlsConfig.Clients::auth);
        return Map.of(
                "longshore.tls.protocols", only13 ? "TLSv1.3" : "TLSv1.3 TLSv1.2",
                // Where no connection has one, they only tell the server that it may offer HTTP/2.
                "longshore.tls.suites.12", joined(only13 ? List.of() : tls.cipherSuites(), name -> !isOfTls13(name)),
                "longshore.tls.suites.13", joined(tls.cipherSuites(), TlsProperties::isOfTls13),
                "longshore.tls.client.needed", Boolean.toString(auth.isPresent() && auth.get().required()),
                "longshore.tls.client.wanted", Boolean.toString(auth.isPresent() && !auth.get().required()));
    }

    /** Those of the one version, or of the standard if none is. */
    private static String joined(List<String> suites, Predicate<String> version) {
        List<String> chosen = suites.stream().filter(version).toList();
        return String.join(":", chosen.isEmpty() ? STANDARD.stream().filter(version).toList() : chosen);
    }

    private static boolean isOfTls13(String name) {
        return !name.contains("_WITH_");
    }
}

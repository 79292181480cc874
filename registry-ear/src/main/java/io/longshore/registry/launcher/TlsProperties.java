package io.longshore.registry.launcher;

import io.longshore.registry.config.TlsConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code standalone.xml} asks of TLS, in the words of the server. */
final class TlsProperties {
    /** All that the server knows of TLS 1.2, but what it holds for weak. */
    private static final String STANDARD = "DEFAULT";
    private static final String STANDARD_13 =
            "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";

    private TlsProperties() {}

    static Map<String, String> of(TlsConfig tls) {
        Optional<TlsConfig.ClientAuth> auth = tls.clients().map(TlsConfig.Clients::auth);
        return Map.of(
                "longshore.tls.protocols", tls.minimum() == TlsConfig.Version.TLS_1_3 ? "TLSv1.3" : "TLSv1.3 TLSv1.2",
                "longshore.tls.suites.12", suites(tls.cipherSuites().stream().filter(name -> !isOfTls13(name)), STANDARD),
                "longshore.tls.suites.13", suites(tls.cipherSuites().stream().filter(TlsProperties::isOfTls13), STANDARD_13),
                "longshore.tls.client.needed", Boolean.toString(auth.isPresent() && auth.get().required()),
                "longshore.tls.client.wanted", Boolean.toString(auth.isPresent() && !auth.get().required()));
    }

    private static String suites(Stream<String> names, String standard) {
        List<String> all = names.toList();
        return all.isEmpty() ? standard : String.join(":", all);
    }

    private static boolean isOfTls13(String name) {
        return !name.contains("_WITH_");
    }
}

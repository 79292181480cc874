package io.longshore.registry.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code http.tls}. */
final class TlsConfigReader {
    private final Settings settings;
    private final Problems problems;

    TlsConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** Empty where HTTP is served without TLS. */
    Optional<TlsConfig> read() {
        Optional<Path> certificate = settings.find(TlsKeys.CERTIFICATE);
        Optional<Path> key = settings.find(TlsKeys.KEY);
        Optional<TlsConfig.Clients> clients = clients();
        TlsConfig.Version minimum = settings.get(TlsKeys.MINIMUMTLS);
        List<String> suites = cipherSuites(minimum);
        requireBeside(TlsKeys.CERTIFICATE, TlsKeys.KEY);
        requireBeside(TlsKeys.KEY, TlsKeys.CERTIFICATE);
        if (settings.source(TlsKeys.CERTIFICATE).isEmpty() && settings.source(TlsKeys.KEY).isEmpty()) {
            // Whoever writes these means TLS; to serve without would be no small matter.
            for (Key<?> other : List.of(TlsKeys.CLIENTCAS, TlsKeys.MINIMUMTLS, TlsKeys.CIPHERSUITES)) {
                requireBeside(other, TlsKeys.CERTIFICATE);
            }
        }
        return certificate.flatMap(chain -> key.map(secret ->
                new TlsConfig(chain, secret, clients, minimum, suites)));
    }

    private Optional<TlsConfig.Clients> clients() {
        Optional<List<Path>> authorities = settings.find(TlsKeys.CLIENTCAS).filter(paths -> !paths.isEmpty());
        TlsConfig.ClientAuth auth = settings.get(TlsKeys.CLIENTAUTH);
        if (settings.raw(TlsKeys.CLIENTCAS).map(Value::isEmpty).orElse(true)) {
            // Distribution would ask nobody for a certificate then.
            settings.source(TlsKeys.CLIENTAUTH).ifPresent(source ->
                    lacks(TlsKeys.CLIENTAUTH, source, TlsKeys.CLIENTCAS));
        }
        return authorities.map(paths -> new TlsConfig.Clients(paths, auth));
    }

    private List<String> cipherSuites(TlsConfig.Version minimum) {
        List<String> suites = settings.find(TlsKeys.CIPHERSUITES).orElse(List.of());
        if (minimum == TlsConfig.Version.TLS_1_3 && suites.stream().anyMatch(name -> !CipherSuites.isOfTls13(name))) {
            settings.source(TlsKeys.CIPHERSUITES).ifPresent(source -> problems.warn(TlsKeys.CIPHERSUITES.name(), source,
                    "suites of TLS 1.2 have no effect while http.tls.minimumtls is tls1.3"));
        }
        return suites;
    }

    private void requireBeside(Key<?> key, Key<?> other) {
        if (settings.source(other).isEmpty()) {
            settings.source(key).ifPresent(source -> lacks(key, source, other));
        }
    }

    private void lacks(Key<?> key, Source source, Key<?> other) {
        problems.add(key.name(), source, "expected " + other.name() + " to be set too");
    }
}

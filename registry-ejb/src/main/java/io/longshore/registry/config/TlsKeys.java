package io.longshore.registry.config;

import java.nio.file.Path;
import java.util.List;

/** The keys of HTTPS. */
final class TlsKeys {
    static final KeyTable TABLE = new KeyTable();

    static final Key<Path> CERTIFICATE = TABLE.add("http.tls.certificate", Types.PATH, "",
            "The file in PEM with the server's certificate, and behind it those that lead to an authority. With it and"
                    + " `key`, the run command serves HTTPS instead of HTTP, on `http.addr`. Read again when it changes.");
    static final Key<Path> KEY = TABLE.add("http.tls.key", keyFile(), "",
            "The file in PEM with the private key, without a password: PKCS#8, PKCS#1 or SEC 1; RSA, EC or Ed25519.");
    static final Key<List<Path>> CLIENTCAS = TABLE.add("http.tls.clientcas", Types.PATHS, "",
            "Files in PEM with the authorities whose certificates clients may show. Read again when they change.");
    static final Key<TlsConfig.ClientAuth> CLIENTAUTH = TABLE.add("http.tls.clientauth",
            Types.named(List.of(TlsConfig.ClientAuth.values())), "require-and-verify-client-cert",
            "Whether clients must show a certificate, and whether it must be of `clientcas`; without these, none is"
                    + " asked for. A certificate that is not verified says nothing about who shows it.");
    static final Key<TlsConfig.Version> MINIMUMTLS = TABLE.add("http.tls.minimumtls",
            versions(), "tls1.2",
            "The oldest version of TLS that is spoken. Those before 1.2 are broken, and Java does not speak them.");
    static final Key<List<String>> CIPHERSUITES = TABLE.add("http.tls.ciphersuites", CipherSuites.TYPE, "",
            "The cipher suites, by the names that IANA has given them, the preferred one first. Without those of TLS 1.3,"
                    + " all of these stay.");

    static {
        TABLE.refuse("http.tls.letsencrypt", Types.SECTION, "",
                "Let certbot or lego write `certificate` and `key`, as docs/tls.md tells.");
    }

    private TlsKeys() {}

    /** Not shown when it is wrong: somebody may have put the key itself there. */
    private static ValueType<Path> keyFile() {
        return ValueType.secret(Types.PATH.form(), text -> {
            if (text.contains("-----")) {
                throw new IllegalArgumentException("expected the path of a file, not what is in it");
            }
            return Types.PATH.parse(new Value.Text(text, Source.DEFAULT));
        });
    }

    private static ValueType<TlsConfig.Version> versions() {
        ValueType<TlsConfig.Version> spoken = Types.named(List.of(TlsConfig.Version.values()));
        return ValueType.text(spoken.form(), text -> {
            if (text.equals("tls1.0") || text.equals("tls1.1")) {
                throw new IllegalArgumentException("expected one of tls1.2, tls1.3, since what came before them is broken"
                        + " and Java does not speak it");
            }
            return spoken.parse(new Value.Text(text, Source.DEFAULT));
        });
    }
}

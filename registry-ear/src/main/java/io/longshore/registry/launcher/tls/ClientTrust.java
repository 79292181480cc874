package io.longshore.registry.launcher.tls;

import io.longshore.registry.config.TlsConfig;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Which certificates of clients will do: any, or only those of the authorities, which can be replaced while handshakes
 * go on. Until it serves, the server's own will do too, so that it can ask itself whether all is well. Thread-safe.
 */
final class ClientTrust extends X509ExtendedTrustManager {
    private final boolean verified;
    private volatile Optional<Authorities> authorities;
    private volatile Optional<X509Certificate> own;

    ClientTrust(Optional<TlsConfig.Clients> clients, Optional<Authorities> authorities, Identity identity) {
        this.verified = clients.isEmpty() || clients.get().auth().verified();
        this.authorities = authorities;
        this.own = Optional.of(identity.certificate());
    }

    void replace(Optional<Authorities> replacement) {
        authorities = replacement;
    }

    void serve() {
        own = Optional.empty();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        if (isToBeVerified(chain)) {
            required().verifier().checkClientTrusted(chain, authType, engine);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (isToBeVerified(chain)) {
            required().verifier().checkClientTrusted(chain, authType, socket);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        if (isToBeVerified(chain)) {
            required().verifier().checkClientTrusted(chain, authType);
        }
    }

    private boolean isToBeVerified(X509Certificate... chain) {
        return verified && !own.equals(Optional.of(chain[0]));
    }

    private Authorities required() throws CertificateException {
        return authorities.orElseThrow(() -> new CertificateException("no client has a certificate here"));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.map(all -> all.certificates().toArray(X509Certificate[]::new))
                .orElseGet(() -> new X509Certificate[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("not meant for clients");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("not meant for clients");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("not meant for clients");
    }
}

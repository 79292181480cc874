package io.longshore.registry.launcher.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts the server's own certificate and no other, by whatever name it is called. */
final class OwnCheck extends X509ExtendedTrustManager {
    private final X509Certificate own;

    private OwnCheck(X509Certificate own) {
        this.own = own;
    }

    /** For a client that shows the server its own certificate. */
    static SSLContext context(ServerKeys keys) throws TlsException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            OwnCheck trust = new OwnCheck(keys.current().certificate());
            context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new TlsException("this JDK does not speak TLS: " + e.getMessage(), e);
        }
    }

    private void require(X509Certificate... chain) throws CertificateException {
        if (!chain[0].equals(own)) {
            throw new CertificateException("another server answers, with the certificate of "
                    + chain[0].getSubjectX500Principal());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("not meant for servers");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("not meant for servers");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("not meant for servers");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

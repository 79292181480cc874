package io.longshore.registry.it.tls;

import java.io.IOException;
import java.net.URI;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** A connection that is made for what can be seen of it alone. */
final class Handshake {
    private Handshake() {}

    static SSLSession of(URI server, SSLContext tls) throws IOException {
        return of(server, tls, null, null);
    }

    /**
     * Offers only this.
     *
     * @throws javax.net.ssl.SSLHandshakeException if the server takes none of it
     */
    static SSLSession of(URI server, SSLContext tls, String protocol, String suite) throws IOException {
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
            if (protocol != null) {
                socket.setEnabledProtocols(new String[] {protocol});
                socket.setEnabledCipherSuites(new String[] {suite});
            }
            socket.startHandshake();
            return socket.getSession();
        }
    }

    /** The server's own certificate, by a connection that continues no other. */
    static X509Certificate certificate(URI server, X509Certificate authority) throws IOException {
        return (X509Certificate) of(server, TestIdentity.trusting(authority)).getPeerCertificates()[0];
    }
}

package io.longshore.registry.client.http;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Which servers are believed to be who they say they are. */
final class Trust {
    private Trust() {}

    /** Believes the authorities of this Java, and these. */
    static SSLContext in(Collection<X509Certificate> authorities, Optional<ClientIdentity> identity) {
        try {
            return context(identity, managers(store(authorities)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    static KeyStore store(Collection<X509Certificate> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (TrustManager known : managers(null)) {
            for (X509Certificate authority : ((X509TrustManager) known).getAcceptedIssuers()) {
                store.setCertificateEntry("java-" + number++, authority);
            }
        }
        for (X509Certificate authority : authorities) {
            store.setCertificateEntry("own-" + number++, authority);
        }
        return store;
    }

    /** Believes everybody: for servers alone that somebody said this of. */
    static SSLContext inAnybody(Optional<ClientIdentity> identity) {
        try {
            return context(identity, new TrustManager[] {new Anybody()});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static SSLContext context(Optional<ClientIdentity> identity, TrustManager[] managers)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(identity.map(ClientIdentity::keys).orElse(new KeyManager[0]), managers, null);
        return context;
    }

    /** An {@link X509TrustManager} would not do: Java looks at the names of hosts for those. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

package io.longshore.registry.launcher.tls;

import java.security.KeyStore;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactorySpi;

/**
 * Makes {@link ServerKeys} and {@link ClientTrust} known to the JVM by a name, so that the configuration of the server
 * can ask for them. The key store that it has to name beside is not looked at.
 */
final class TlsProvider extends Provider {
    private static final long serialVersionUID = 1L;
    /** Of the provider and of its algorithms, as standalone.xml has it. */
    private static final String NAME = "Longshore";

    TlsProvider(ServerKeys keys, ClientTrust trust) {
        super(NAME, "1", "the certificates that http.tls names");
        putService(new Factory(this, "KeyManagerFactory", new Keys(keys)));
        putService(new Factory(this, "TrustManagerFactory", new Trust(trust)));
    }

    /** Gives out the same factory each time. */
    private static final class Factory extends Service {
        private final Object factory;

        Factory(Provider provider, String type, Object factory) {
            super(provider, type, NAME, factory.getClass().getName(), List.of(), Map.of());
            this.factory = factory;
        }

        @Override
        public Object newInstance(Object parameter) {
            return factory;
        }
    }

    private static final class Keys extends KeyManagerFactorySpi {
        private final ServerKeys keys;

        Keys(ServerKeys keys) {
            this.keys = keys;
        }

        @Override
        protected void engineInit(KeyStore ignored, char[] password) {
            // The keys are there already.
        }

        @Override
        protected void engineInit(ManagerFactoryParameters ignored) {
            // The keys are there already.
        }

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {keys};
        }
    }

    private static final class Trust extends TrustManagerFactorySpi {
        private final ClientTrust trust;

        Trust(ClientTrust trust) {
            this.trust = trust;
        }

        @Override
        protected void engineInit(KeyStore ignored) {
            // The authorities are there already.
        }

        @Override
        protected void engineInit(ManagerFactoryParameters ignored) {
            // The authorities are there already.
        }

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return new TrustManager[] {trust};
        }
    }
}

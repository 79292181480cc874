package io.longshore.registry.launcher.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * The one key and certificate of the server, which can be replaced while handshakes go on: each goes on with the pair
 * that it has chosen, since the name of a pair is its number, and the last two are kept. Thread-safe.
 */
final class ServerKeys extends X509ExtendedKeyManager {
    private volatile Pairs pairs;

    private record Pairs(int number, Identity current, Identity previous) {}

    ServerKeys(Identity identity) {
        this.pairs = new Pairs(0, identity, identity);
    }

    synchronized void replace(Identity identity) {
        pairs = new Pairs(pairs.number() + 1, identity, pairs.current());
    }

    Identity current() {
        return pairs.current();
    }

    private static String name(int number) {
        return Integer.toString(number);
    }

    /** Null for no pair, as everywhere here. */
    private static String choose(Pairs from, String... keyTypes) {
        String algorithm = from.current().certificate().getPublicKey().getAlgorithm();
        return List.of(keyTypes).contains(algorithm) ? name(from.number()) : null;
    }

    private Identity named(String alias) {
        Pairs now = pairs;
        if (name(now.number()).equals(alias)) {
            return now.current();
        }
        return name(now.number() - 1).equals(alias) ? now.previous() : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        Identity identity = named(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        Identity identity = named(alias);
        return identity == null ? null : identity.key();
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return choose(pairs, keyType);
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return choose(pairs, keyType);
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return aliases(choose(pairs, keyType));
    }

    @Override
    public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return choose(pairs, keyTypes);
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return choose(pairs, keyTypes);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return aliases(choose(pairs, keyType));
    }

    private static String[] aliases(String chosen) {
        return chosen == null ? null : new String[] {chosen};
    }
}

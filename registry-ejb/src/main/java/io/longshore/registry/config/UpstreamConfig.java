package io.longshore.registry.config;

import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A registry whose content is had here, too: fetched when somebody asks for it, and kept. Immutable.
 *
 * @param name no other upstream has it
 * @param url of HTTP or HTTPS, with a host and perhaps a port, and nothing behind them
 * @param login how this registry shows itself there; empty to ask as nobody
 * @param place which repositories are those of the upstream
 * @param tagLifetime how long a tag is taken for what it was found to be; zero to ask each time
 * @param keeping how long content is kept
 * @param limits how much is asked of the upstream
 * @param trust how the upstream is known to be the right one
 * @param pushable whether its repositories can be pushed to here
 */
public record UpstreamConfig(
        String name,
        URI url,
        Optional<Login> login,
        Place place,
        Duration tagLifetime,
        Keeping keeping,
        Limits limits,
        Trust trust,
        boolean pushable) {

    /** A name and its password. */
    public record Login(String user, Secret password) {}

    /**
     * Where the repositories of the upstream are here.
     *
     * @param prefix what stands before their names here, without the slash between; empty for nothing
     * @param namespaces hosts by which clients name the upstream ({@code ns}), such as {@code docker.io}
     * @param repositories by their names at the upstream; one pattern must match, and all others are no part of the mirror
     */
    public record Place(String prefix, Set<String> namespaces, List<RepositoryPattern> repositories) {
        public Place {
            namespaces = Set.copyOf(namespaces);
            repositories = List.copyOf(repositories);
        }
    }

    /**
     * What is removed, the least recently pulled first.
     *
     * @param unused what nobody has pulled for so long; empty for never
     * @param size so that there are no more bytes of blobs than this; empty for any number
     */
    public record Keeping(Optional<Duration> unused, Optional<DataSize> size) {}

    /**
     * How much is asked of the upstream by one node.
     *
     * @param connections at once, at least 1
     * @param requestsPerSecond at least 1; empty for any number
     */
    public record Limits(int connections, OptionalInt requestsPerSecond) {}

    /**
     * How the upstream is known to be the right one.
     *
     * @param authorities certificates in PEM that are trusted beside those that the JVM trusts
     * @param identity the certificate of this registry with its key, both in PEM, if it is to show one
     * @param insecure whether any certificate will do
     */
    public record Trust(Optional<String> authorities, Optional<Identity> identity, boolean insecure) {
        /** That of the JVM. */
        public static final Trust USUAL = new Trust(Optional.empty(), Optional.empty(), false);

        /** Those beside the JVM's. */
        public List<X509Certificate> certificates() {
            return authorities.map(PemKeys::certificates).orElse(List.of());
        }
    }

    /** A certificate, with those that lead to an authority behind it, and its key. */
    public record Identity(String certificates, Secret key) {

        /** Both, under an empty password. */
        public KeyStore store() {
            return PemKeys.store(certificates, key);
        }
    }
}

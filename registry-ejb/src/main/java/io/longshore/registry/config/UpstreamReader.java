package io.longshore.registry.config;

import io.longshore.registry.model.RepositoryPattern;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads an item of {@code proxy.upstreams}. */
final class UpstreamReader {
    static final Set<String> FIELDS = Set.of(
            "name", "remoteurl", "username", "password", "prefix", "namespaces", "repositories", "tagttl", "ttl",
            "maxsize", "connections", "requestspersecond", "push", "cafile", "clientcertificate", "clientkey",
            "insecure");

    private static final ValueType<String> NAME = ValueType.text("name", UpstreamRules::name);
    private static final ValueType<URI> URL = ValueType.secret("URL", UpstreamRules::url);
    private static final ValueType<String> USER = ValueType.text("text", UpstreamRules::user);
    private static final ValueType<String> PREFIX = ValueType.text("name", UpstreamRules::prefix);
    private static final ValueType<Set<String>> NAMESPACES = ValueType.tree("list of hosts",
            value -> UpstreamRules.namespaces(Types.texts(value, "expected a list of hosts such as docker.io")));
    private static final ValueType<List<RepositoryPattern>> REPOSITORIES = ValueType.tree("list of patterns",
            value -> UpstreamRules.repositories(
                    Types.texts(value, "expected patterns of repositories such as library/**")));
    private static final ValueType<Duration> TAG_LIFETIME = ValueType.text("duration", UpstreamRules::tagLifetime);
    private static final ValueType<Optional<Duration>> UNUSED = ValueType.text("duration", UpstreamRules::unused);
    private static final ValueType<DataSize> SIZE = ValueType.text("size", UpstreamRules::size);
    private static final ValueType<Integer> CONNECTIONS = ValueType.text("number", UpstreamRules::connections);
    private static final ValueType<OptionalInt> REQUESTS = ValueType.text("number", UpstreamRules::requestsPerSecond);

    private final ItemReader item;
    private final ConfigLoader.FileReader files;

    /** {@code files} is asked for certificates and keys. */
    UpstreamReader(ItemReader item, ConfigLoader.FileReader files) {
        this.item = item;
        this.files = files;
    }

    /** With any problem collected, the result is not to be used. */
    Optional<UpstreamConfig> read() {
        Optional<String> name = item.require("name", NAME);
        Optional<URI> url = item.require("remoteurl", URL);
        Optional<UpstreamConfig.Login> login = login();
        Optional<String> prefix = item.find("prefix", PREFIX);
        Set<String> namespaces = item.find("namespaces", NAMESPACES).orElse(Set.of());
        List<RepositoryPattern> repositories =
                item.find("repositories", REPOSITORIES).orElse(List.of(RepositoryPattern.ALL));
        Duration tagLifetime = item.find("tagttl", TAG_LIFETIME).orElse(UpstreamRules.TAG_LIFETIME);
        UpstreamConfig.Keeping keeping = new UpstreamConfig.Keeping(
                item.find("ttl", UNUSED).orElse(Optional.of(UpstreamRules.UNUSED)), item.find("maxsize", SIZE));
        UpstreamConfig.Limits limits = new UpstreamConfig.Limits(
                item.find("connections", CONNECTIONS).orElse(UpstreamRules.CONNECTIONS),
                item.find("requestspersecond", REQUESTS).orElse(OptionalInt.empty()));
        UpstreamConfig.Trust trust = trust();
        boolean pushable = item.find("push", Types.BOOLEAN).orElse(false);
        return name.flatMap(known -> url.map(target -> new UpstreamConfig(
                known, target, login, new UpstreamConfig.Place(prefix.orElse(known), namespaces, repositories),
                tagLifetime, keeping, limits, trust, pushable)));
    }

    private Optional<UpstreamConfig.Login> login() {
        Optional<String> user = item.find("username", USER);
        Optional<Secret> password = item.find("password", Types.SECRET);
        if (user.isEmpty() && password.isPresent()) {
            item.report("password", "expected username to be set too");
        }
        return user.map(name -> new UpstreamConfig.Login(name, password.orElse(Secret.of(""))));
    }

    private UpstreamConfig.Trust trust() {
        Optional<String> authorities =
                item.find("cafile", ValueType.text("path", file -> UpstreamRules.authorities(content(file))));
        Optional<String> certificates = item.find(
                "clientcertificate", ValueType.text("path", file -> UpstreamRules.authorities(content(file))));
        Optional<Secret> key = item.find("clientkey", ValueType.text("path", file -> Secret.of(content(file))));
        if (certificates.isPresent() != key.isPresent()) {
            item.report(certificates.isPresent() ? "clientcertificate" : "clientkey",
                    "expected clientcertificate and clientkey to be set together");
        }
        return new UpstreamConfig.Trust(
                authorities, certificates.flatMap(chain -> key.flatMap(own -> identity(chain, own))),
                item.find("insecure", Types.BOOLEAN).orElse(false));
    }

    private Optional<UpstreamConfig.Identity> identity(String certificates, Secret key) {
        try {
            return Optional.of(UpstreamRules.identity(certificates, key));
        } catch (IllegalArgumentException e) {
            item.report("clientkey", e.getMessage());
            return Optional.empty();
        }
    }

    private String content(String file) {
        Path path = Types.PATH.parse(new Value.Text(file, Source.DEFAULT));
        try {
            return files.read(path);
        } catch (IOException e) {
            String reason = e.getClass().getSimpleName();
            throw new IllegalArgumentException("expected a file in PEM that can be read (" + reason + ")", e);
        }
    }
}

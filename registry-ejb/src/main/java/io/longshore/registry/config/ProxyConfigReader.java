package io.longshore.registry.config;

import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code proxy}. */
final class ProxyConfigReader {
    /** What the one upstream is called that distribution's keys set. */
    static final String NAME = "proxy";
    static final int CONNECTIONS = 64;

    private final Settings settings;
    private final Problems problems;

    ProxyConfigReader(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    /** With any problem collected, the result is not to be used. */
    MirrorConfig read() {
        Optional<URI> url = settings.find(ProxyKeys.REMOTEURL);
        if (url.isEmpty()) {
            for (Key<?> key : List.of(ProxyKeys.USERNAME, ProxyKeys.PASSWORD)) {
                settings.source(key).ifPresent(source -> problems.add(
                        key.name(), source, "expected " + source.spell(ProxyKeys.REMOTEURL.name()) + " to be set too"));
            }
        }
        Optional<UpstreamConfig.Login> login = login();
        return new MirrorConfig(url.map(remote -> upstream(remote, login)).stream().toList());
    }

    private UpstreamConfig upstream(URI url, Optional<UpstreamConfig.Login> login) {
        Duration unused = settings.get(ProxyKeys.TTL);
        return new UpstreamConfig(
                NAME,
                url,
                login,
                new UpstreamConfig.Place("", Set.of(), List.of(RepositoryPattern.ALL)),
                settings.get(ProxyKeys.TAGTTL),
                new UpstreamConfig.Keeping(Optional.of(unused).filter(time -> !time.isZero()), Optional.empty()),
                new UpstreamConfig.Limits(CONNECTIONS, OptionalInt.empty()),
                UpstreamConfig.Trust.USUAL,
                false);
    }

    private Optional<UpstreamConfig.Login> login() {
        Optional<String> user = settings.find(ProxyKeys.USERNAME);
        Optional<Secret> password = settings.find(ProxyKeys.PASSWORD);
        if (user.isEmpty() && password.isPresent()) {
            settings.source(ProxyKeys.PASSWORD).ifPresent(source -> problems.add(
                    ProxyKeys.PASSWORD.name(), source,
                    "expected " + source.spell(ProxyKeys.USERNAME.name()) + " to be set too"));
        }
        return user.map(name -> new UpstreamConfig.Login(name, password.orElse(Secret.of(""))));
    }
}

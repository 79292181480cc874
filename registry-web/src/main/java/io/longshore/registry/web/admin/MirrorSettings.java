package io.longshore.registry.web.admin;

import io.longshore.registry.config.Secret;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.config.UpstreamRules;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is said of an upstream. A password and a key, which cannot be read back, are empty if nothing is said of them.
 *
 * @param prefix empty if nothing is said of it
 * @param certificates those that this registry shows
 */
record MirrorSettings(
        URI url, Optional<String> user, Optional<Secret> password, Optional<String> prefix, Set<String> namespaces,
        List<RepositoryPattern> repositories, Duration tagLifetime, UpstreamConfig.Keeping keeping,
        UpstreamConfig.Limits limits, Optional<String> authorities, boolean insecure, Optional<String> certificates,
        Optional<Secret> key, boolean pushable) {

    static MirrorSettings read(Fields fields) {
        Optional<String> user = fields.optional("username", UpstreamRules::user);
        Optional<Secret> password = fields.optionalText("password").map(Secret::of);
        if (user.isEmpty() && password.isPresent()) {
            throw fields.refusal("username", "expected it to be there, as there is a password");
        }
        Optional<String> certificates = fields.optional("clientCertificate", UpstreamRules::authorities);
        Optional<Secret> key = fields.optionalText("clientKey").map(Secret::of);
        if (certificates.isEmpty() && key.isPresent()) {
            throw fields.refusal("clientCertificate", "expected it to be there, as there is a key");
        }
        return new MirrorSettings(
                fields.optional("url", UpstreamRules::url)
                        .orElseThrow(() -> fields.refusal("url", "expected it to be there")),
                user,
                password,
                fields.optional("prefix", UpstreamRules::prefix),
                fields.optionalTexts("namespaces", UpstreamRules::namespaces).orElse(Set.of()),
                fields.optionalTexts("repositories", UpstreamRules::repositories)
                        .orElse(List.of(RepositoryPattern.ALL)),
                fields.optional("tagTtl", UpstreamRules::tagLifetime).orElse(UpstreamRules.TAG_LIFETIME),
                new UpstreamConfig.Keeping(
                        fields.optional("ttl", UpstreamRules::unused).orElse(Optional.of(UpstreamRules.UNUSED)),
                        fields.optional("maxSize", UpstreamRules::size)),
                new UpstreamConfig.Limits(
                        fields.optionalNumber("connections", UpstreamRules::connections)
                                .orElse(UpstreamRules.CONNECTIONS),
                        fields.optionalNumber("requestsPerSecond", UpstreamRules::requestsPerSecond)
                                .orElse(OptionalInt.empty())),
                fields.optional("authorities", UpstreamRules::authorities),
                fields.flag("insecure"),
                certificates,
                key,
                fields.flag("push"));
    }

    /** A new upstream. */
    UpstreamConfig made(String name) {
        if (certificates.isPresent() && key.isEmpty()) {
            throw refused("clientKey", "there is a clientCertificate");
        }
        return upstream(
                name, prefix.orElse(name),
                user.map(one -> new UpstreamConfig.Login(one, password.orElse(Secret.of("")))),
                certificates.map(chain -> identity(chain, key.orElseThrow())));
    }

    /**
     * What there is, changed. A password and a key of which nothing is said stay, for the same user, the same certificate
     * and the same server: whoever may change the way there must not get to see what they do not know.
     *
     * @param before empty if this node cannot read it: then nothing can stay
     */
    UpstreamConfig changed(String name, Optional<UpstreamConfig> before) {
        boolean isSameWay = before.isPresent()
                && before.get().url().equals(url)
                && before.get().trust().insecure() == insecure
                && before.get().trust().authorities().equals(authorities);
        Optional<UpstreamConfig> known = before.filter(one -> isSameWay);
        Optional<UpstreamConfig.Login> login = user.map(one -> new UpstreamConfig.Login(
                one, password.or(() -> known.flatMap(UpstreamConfig::login)
                                .filter(old -> old.user().equals(one))
                                .map(UpstreamConfig.Login::password))
                        .orElseThrow(() -> refused(
                                "password", "the user, the server or the way to it is another, or what it was cannot be"
                                        + " read by this node"))));
        Optional<UpstreamConfig.Identity> identity = certificates.map(chain -> identity(
                chain, key.or(() -> known.flatMap(one -> one.trust().identity())
                                .filter(old -> old.certificates().equals(chain))
                                .map(UpstreamConfig.Identity::key))
                        .orElseThrow(() -> refused(
                                "clientKey", "the certificate, the server or the way to it is another, or what it was"
                                        + " cannot be read by this node"))));
        return upstream(name, prefix.orElse(name), login, identity);
    }

    private static UpstreamConfig.Identity identity(String chain, Secret key) {
        try {
            return UpstreamRules.identity(chain, key);
        } catch (IllegalArgumentException e) {
            throw new RegistryException.Invalid(ErrorCode.UNSUPPORTED, "clientKey: " + e.getMessage(), "");
        }
    }

    private static RegistryException refused(String field, String why) {
        return new RegistryException.Invalid(
                ErrorCode.UNSUPPORTED, field + ": expected it to be there, as " + why, "");
    }

    private UpstreamConfig upstream(
            String name, String under, Optional<UpstreamConfig.Login> login,
            Optional<UpstreamConfig.Identity> identity) {
        return new UpstreamConfig(
                name, url, login, new UpstreamConfig.Place(under, namespaces, repositories), tagLifetime, keeping,
                limits, new UpstreamConfig.Trust(authorities, identity, insecure), pushable);
    }

    /** Nothing of it: it must be in no log. */
    @Override
    public String toString() {
        return "settings of an upstream";
    }
}

package io.longshore.registry.web.admin;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.config.EndpointRules;
import io.longshore.registry.config.Secret;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.notification.Endpoint;
import io.longshore.registry.notification.http.TargetRules;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What is said of an endpoint. What cannot be read back is empty if nothing is said of it.
 *
 * @param keys of signatures, the newest first
 * @param sign whether there are to be any
 */
record WebhookSettings(
        Optional<URI> url, Optional<Map<String, List<Secret>>> headers, Optional<List<Secret>> keys,
        Optional<Boolean> sign, EndpointConfig.Format format, EndpointConfig.Filter filter, EndpointConfig.Pace pace,
        int batchSize, boolean includeReferences, EndpointConfig.Route route) {
    private static final EndpointConfig.Pace STANDARD = EndpointConfig.Pace.STANDARD;

    static WebhookSettings read(Fields fields, TargetRules targets) {
        EndpointConfig.Format format =
                fields.optional("format", EndpointRules::format).orElse(EndpointConfig.Format.DISTRIBUTION);
        Optional<List<Secret>> keys = fields.optionalTexts("secrets", EndpointRules::secrets);
        Optional<Boolean> sign = fields.optionalFlag("sign");
        if (keys.isPresent() && sign.isPresent() && keys.get().isEmpty() == sign.get()) {
            throw fields.refusal("sign", "expected it to be left out, as secrets say something else");
        }
        return new WebhookSettings(
                fields.optional("url", text -> url(text, targets)),
                fields.optionalTextsByName("headers", EndpointRules::headers),
                keys,
                sign,
                format,
                filter(fields, format),
                pace(fields),
                fields.optionalNumber("batchSize", EndpointRules::batchSize).orElse(1),
                fields.flag("includeReferences"),
                new EndpointConfig.Route(
                        fields.optional("authorities", EndpointRules::authorities),
                        fields.optional("proxy", text -> proxy(text, targets))));
    }

    private static URI url(String text, TargetRules targets) {
        URI url = EndpointRules.url(text);
        targets.check(url);
        return url;
    }

    private static URI proxy(String text, TargetRules targets) {
        URI proxy = EndpointRules.proxy(text);
        targets.checkProxy(proxy);
        return proxy;
    }

    private static EndpointConfig.Filter filter(Fields fields, EndpointConfig.Format format) {
        return new EndpointConfig.Filter(
                fields.optionalTexts("actions", WebhookSettings::actions).orElseGet(format::standardActions),
                fields.optionalTexts("ignoredMediaTypes", EndpointRules::mediaTypes).orElse(Set.of()),
                fields.optionalTexts("repositories", EndpointRules::repositories)
                        .orElse(List.of(RepositoryPattern.ALL)));
    }

    private static Set<EventAction> actions(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("expected at least one action");
        }
        return EndpointRules.actions(words);
    }

    private static EndpointConfig.Pace pace(Fields fields) {
        Duration timeout = fields.optional("timeout", EndpointRules::timeout).orElse(STANDARD.timeout());
        int threshold = fields.optionalNumber("threshold", EndpointRules::threshold).orElse(STANDARD.threshold());
        Duration backoff = fields.optional("backoff", EndpointRules::backoff).orElse(STANDARD.backoff());
        Function<String, Duration> rule =
                text -> EndpointRules.longestBackoff(Optional.of(EndpointRules.backoff(text)), backoff);
        Duration longest = fields.optional("longestBackoff", rule)
                .orElseGet(() -> EndpointRules.longestBackoff(Optional.empty(), backoff));
        Duration giveUp = fields.optional("giveUp", EndpointRules::giveUp).orElse(STANDARD.giveUp());
        return new EndpointConfig.Pace(timeout, threshold, backoff, longest, giveUp);
    }

    /**
     * A new endpoint.
     *
     * @param fresh the key, if there is to be one and none is given
     */
    Endpoint made(String name, Secret fresh) {
        URI target = url.orElseThrow(() -> new RegistryException.Invalid(
                ErrorCode.UNSUPPORTED, "url: expected it to be there", ""));
        List<Secret> all = keys.orElse(sign.orElse(true) ? List.of(fresh) : List.of());
        return endpoint(name, target, headers.orElse(Map.of()), all);
    }

    /**
     * What there is, changed: of what cannot be read back, all that nothing is said of stays.
     *
     * @param before empty if this node cannot read it: then nothing can stay
     * @param fresh the key, if there is to be one and there was none
     */
    Endpoint changed(String name, Optional<Endpoint> before, Secret fresh) {
        before.ifPresent(this::requireWhatWouldBeSeen);
        return endpoint(
                name, known(url, before.map(Endpoint::url), "url"),
                known(headers, before.map(Endpoint::headers), "headers"), keys(before.map(Endpoint::secrets), fresh));
    }

    /** Whoever may change the way to the server must not get to see what they do not know. */
    private void requireWhatWouldBeSeen(Endpoint before) {
        if (isNew(route.proxy(), before.route().proxy()) || isNew(route.authorities(), before.route().authorities())) {
            require(url.isPresent(), "url", "it would be seen by another proxy, or under other authorities");
            require(headers.isPresent() || before.headers().isEmpty(), "headers",
                    "it would be seen by another proxy, or under other authorities");
        }
        boolean elsewhere = url.isPresent() && !origin(url.get()).equals(origin(before.url()));
        require(!elsewhere || headers.isPresent() || before.headers().isEmpty(), "headers",
                "the url is that of another server");
    }

    private static boolean isNew(Optional<?> said, Optional<?> before) {
        return said.isPresent() && !said.equals(before);
    }

    private static void require(boolean isThere, String field, String why) {
        if (!isThere) {
            throw new RegistryException.Invalid(
                    ErrorCode.UNSUPPORTED, field + ": expected it to be there, as " + why, "");
        }
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }

    private List<Secret> keys(Optional<List<Secret>> before, Secret fresh) {
        if (keys.isEmpty() && sign.isPresent()) {
            List<Secret> kept = before.orElse(List.of());
            return !sign.get() ? List.of() : kept.isEmpty() ? List.of(fresh) : kept;
        }
        return known(keys, before, "secrets");
    }

    private static <T> T known(Optional<T> said, Optional<T> before, String field) {
        return said.or(() -> before).orElseThrow(() -> new RegistryException.Refused(
                RegistryException.Kind.CONFLICT, ErrorCode.DENIED,
                field + ": expected it to be there, as this node cannot read what it was: http.secret is another", ""));
    }

    private Endpoint endpoint(String name, URI target, Map<String, List<Secret>> named, List<Secret> all) {
        return new Endpoint(
                0, name, target, named, format, filter, pace, batchSize, includeReferences, all, route);
    }

    /** Nothing of it: it must be in no log. */
    @Override
    public String toString() {
        return "settings of an endpoint";
    }
}

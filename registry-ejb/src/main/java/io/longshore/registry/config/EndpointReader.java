package io.longshore.registry.config;

import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryPattern;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads an item of {@code notifications.endpoints}. */
final class EndpointReader {
    static final Set<String> FIELDS = Set.of(
            "name", "disabled", "url", "headers", "timeout", "threshold", "backoff", "ignoredmediatypes", "ignore",
            "format", "actions", "repositories", "batchsize", "maxbackoff", "giveup", "secret", "cafile", "proxy");
    static final Set<String> IGNORE_FIELDS = Set.of("mediatypes", "actions");

    private static final EndpointConfig.Pace PACE = EndpointConfig.Pace.STANDARD;

    private static final ValueType<String> NAME = ValueType.text("name", EndpointRules::name);
    private static final ValueType<URI> URL = ValueType.secret("URL", EndpointRules::url);
    private static final ValueType<URI> PROXY = ValueType.secret("URL", EndpointRules::proxy);
    private static final ValueType<Map<String, List<Secret>>> HEADERS = ValueType.tree("map of lists",
            value -> EndpointRules.headers(Types.headerTexts(value,
                    "expected names of headers, each with a list of values: {Authorization: [Bearer …]}")));
    private static final ValueType<EndpointConfig.Format> FORMAT = ValueType.text("format", EndpointRules::format);
    private static final ValueType<Set<EventAction>> ACTIONS = ValueType.tree("list of actions",
            value -> EndpointRules.actions(Types.texts(value, "expected a list of actions")));
    private static final ValueType<Set<String>> MEDIA_TYPES = ValueType.tree("list of media types",
            value -> EndpointRules.mediaTypes(Types.texts(value, "expected a list of media types")));
    private static final ValueType<List<RepositoryPattern>> REPOSITORIES =
            ValueType.tree("list of patterns", value -> EndpointRules.repositories(
                    Types.texts(value, "expected patterns of repositories such as team/**")));
    private static final ValueType<List<Secret>> SECRETS = ValueType.tree("list of secrets",
            value -> EndpointRules.secrets(Types.texts(value, "expected a secret, or a list of two")));
    private static final ValueType<Integer> BATCH_SIZE = ValueType.text("number", EndpointRules::batchSize);
    private static final ValueType<Integer> THRESHOLD = ValueType.text("number", EndpointRules::threshold);
    private static final ValueType<Duration> TIMEOUT = ValueType.text("duration", EndpointRules::timeout);
    private static final ValueType<Duration> BACKOFF = ValueType.text("duration", EndpointRules::backoff);
    private static final ValueType<Duration> GIVE_UP = ValueType.text("duration", EndpointRules::giveUp);

    private final ItemReader item;
    private final NotificationConfig.Targets targets;
    private final ConfigLoader.FileReader files;

    /** {@code files} is asked for authorities. */
    EndpointReader(ItemReader item, NotificationConfig.Targets targets, ConfigLoader.FileReader files) {
        this.item = item;
        this.targets = targets;
        this.files = files;
    }

    /**
     * With any problem collected, the result is not to be used. One that is switched off is read as any other.
     *
     * @param taken names of other endpoints; gets this one's
     */
    Optional<EndpointConfig> read(Set<String> taken) {
        Optional<String> name = name(taken);
        Optional<URI> url = url();
        boolean disabled = item.find("disabled", Types.BOOLEAN).orElse(false);
        Map<String, List<Secret>> headers = item.find("headers", HEADERS).orElse(Map.of());
        EndpointConfig.Format format = item.find("format", FORMAT).orElse(EndpointConfig.Format.DISTRIBUTION);
        EndpointConfig.Filter filter = filter(format);
        EndpointConfig.Pace pace = pace();
        int batchSize = item.find("batchsize", BATCH_SIZE).orElse(1);
        List<Secret> secrets = item.find("secret", SECRETS).orElse(List.of());
        EndpointConfig.Route route = new EndpointConfig.Route(
                item.find("cafile", ValueType.text("path", this::authorities)), item.find("proxy", PROXY));
        return name.flatMap(known -> url.map(target -> new EndpointConfig(
                known, disabled, target, headers, format, filter, pace, batchSize, secrets, route)));
    }

    private Optional<String> name(Set<String> taken) {
        Optional<String> name = item.require("name", NAME);
        if (name.isPresent() && !taken.add(name.get())) {
            item.report("name", "expected one endpoint alone to be called " + Problems.quoted(name.get()));
        }
        return name;
    }

    private Optional<URI> url() {
        Optional<URI> url = item.require("url", URL);
        if (url.isPresent() && !targets.permitsSchemeOf(url.get())) {
            item.report("url", "expected https://, or " + NotificationKeys.TARGETS_HTTP.name() + " to be true");
        }
        return url;
    }

    private EndpointConfig.Filter filter(EndpointConfig.Format format) {
        Optional<ItemReader> ignore = item.section("ignore", IGNORE_FIELDS);
        Set<EventAction> ignored = ignore.flatMap(section -> section.find("actions", ACTIONS)).orElse(Set.of());
        Set<String> mediaTypes = new HashSet<>(item.find("ignoredmediatypes", MEDIA_TYPES).orElse(Set.of()));
        mediaTypes.addAll(ignore.flatMap(section -> section.find("mediatypes", MEDIA_TYPES)).orElse(Set.of()));
        return new EndpointConfig.Filter(
                actions(format, ignored),
                mediaTypes,
                item.find("repositories", REPOSITORIES).orElse(List.of(RepositoryPattern.ALL)));
    }

    private Set<EventAction> actions(EndpointConfig.Format format, Set<EventAction> ignored) {
        Set<EventAction> actions = item.find("actions", ACTIONS).orElseGet(format::standardActions);
        if (actions.isEmpty()) {
            item.report("actions", "expected at least one action");
        } else if (ignored.containsAll(actions)) {
            item.report("ignore", "expected to leave one of the actions of the endpoint; disabled: true sends none");
        }
        actions.removeAll(ignored);
        return actions;
    }

    private EndpointConfig.Pace pace() {
        Duration backoff = item.find("backoff", BACKOFF).orElse(PACE.backoff());
        return new EndpointConfig.Pace(
                item.find("timeout", TIMEOUT).orElse(PACE.timeout()),
                item.find("threshold", THRESHOLD).orElse(PACE.threshold()),
                backoff,
                longestBackoff(backoff),
                item.find("giveup", GIVE_UP).orElse(PACE.giveUp()));
    }

    private Duration longestBackoff(Duration backoff) {
        Optional<Duration> given = item.find("maxbackoff", BACKOFF);
        try {
            return EndpointRules.longestBackoff(given, backoff);
        } catch (IllegalArgumentException e) {
            item.report("maxbackoff", e.getMessage());
            return backoff;
        }
    }

    private String authorities(String file) {
        Path path = Types.PATH.parse(new Value.Text(file, Source.DEFAULT));
        try {
            return EndpointRules.authorities(files.read(path));
        } catch (IOException e) {
            String reason = e.getClass().getSimpleName();
            throw new IllegalArgumentException(
                    "expected a file with certificates in PEM that can be read (" + reason + ")", e);
        }
    }
}

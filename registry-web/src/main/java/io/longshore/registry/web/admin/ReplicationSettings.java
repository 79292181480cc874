package io.longshore.registry.web.admin;

import io.longshore.registry.config.EndpointRules;
import io.longshore.registry.config.Secret;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.replication.Direction;
import io.longshore.registry.replication.Limits;
import io.longshore.registry.replication.Mapping;
import io.longshore.registry.replication.Remote;
import io.longshore.registry.replication.ReplicationRule;
import io.longshore.registry.replication.Selection;
import io.longshore.registry.replication.TagPattern;
import io.longshore.registry.replication.Timetable;
import io.longshore.registry.replication.VersionRange;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What is said of a rule of replication.
 *
 * @param rule without the login
 * @param user as whom it logs in
 * @param password empty if it is to stay as it is
 */
record ReplicationSettings(ReplicationRule rule, Optional<String> user, Optional<Secret> password) {
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9._/-]{1,255}");
    private static final Pattern TYPE = Pattern.compile("[!-~]{1,255}");
    private static final int MOST = 100;
    private static final int MOST_NEWEST = 100_000;

    static ReplicationSettings read(String name, Fields fields) {
        Direction direction = fields.optional("direction", Direction::of)
                .orElseThrow(() -> fields.refusal("direction", "expected it to be there"));
        boolean onEvent = fields.flag("onEvent");
        if (onEvent && direction == Direction.PULL) {
            throw fields.refusal("onEvent", "what happens in another registry is not known here: give a schedule");
        }
        Optional<String> user = fields.optional("user", ReplicationSettings::user);
        Optional<Secret> password = fields.optional("password", Secret::of);
        if (password.isPresent() && user.isEmpty()) {
            throw fields.refusal("user", "expected it to be there, as there is a password");
        }
        ReplicationRule rule = new ReplicationRule(
                name, direction, fields.optionalFlag("enabled").orElse(true), remote(fields), selection(fields),
                new Mapping(prefix(fields, "stripPrefix"), prefix(fields, "addPrefix")), fields.flag("deletes"),
                timetable(fields), onEvent, limits(fields));
        return new ReplicationSettings(rule, user, password);
    }

    private static Remote remote(Fields fields) {
        RegistryUrl url = fields.optional("url", RegistryUrl::parse)
                .orElseThrow(() -> fields.refusal("url", "expected it to be there"));
        boolean insecure = fields.flag("insecure");
        if (insecure && url.plain()) {
            throw fields.refusal("insecure", "expected it to be left out, as there is no certificate without TLS");
        }
        return new Remote(
                url.host(), url.plain(), insecure, fields.optional("authorities", EndpointRules::authorities),
                Optional.empty());
    }

    private static String user(String text) {
        if (text.isEmpty() || text.indexOf(':') >= 0) {
            throw new IllegalArgumentException("expected a name without a colon");
        }
        return text;
    }

    private static String prefix(Fields fields, String name) {
        return fields.optional(name, text -> {
            if (!text.isEmpty() && !PREFIX.matcher(text).matches()) {
                throw new IllegalArgumentException("expected the beginning of a repository name, such as team/");
            }
            return text;
        }).orElse("");
    }

    private static Selection selection(Fields fields) {
        List<RepositoryPattern> repositories = fields.optionalTexts("repositories", EndpointRules::repositories)
                .orElseThrow(() -> fields.refusal("repositories", "expected it to be there"));
        return new Selection(
                repositories,
                all(fields, "tags", TagPattern::new),
                fields.optional("versions", VersionRange::parse),
                newest(fields),
                all(fields, "platforms", Platform::parse),
                Set.copyOf(new HashSet<>(all(fields, "artifactTypes", ReplicationSettings::type))),
                fields.flag("referrers"));
    }

    private static <T> List<T> all(Fields fields, String name, Function<String, T> rule) {
        return fields.optionalTexts(name, texts -> {
            if (texts.size() > MOST) {
                throw new IllegalArgumentException("expected no more than " + MOST);
            }
            return texts.stream().map(rule).toList();
        }).orElse(List.of());
    }

    private static String type(String text) {
        if (!TYPE.matcher(text).matches()) {
            throw new IllegalArgumentException("expected media types such as application/vnd.oci.image.config.v1+json");
        }
        return text;
    }

    private static OptionalInt newest(Fields fields) {
        return fields.optionalNumber("newest", text -> number(text, 1, MOST_NEWEST))
                .map(number -> OptionalInt.of(number.intValue()))
                .orElse(OptionalInt.empty());
    }

    private static Long number(String text, long least, long most) {
        String expected = "expected a number from " + least + " to " + most;
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected, e);
        }
        throw new IllegalArgumentException(expected);
    }

    private static Optional<Timetable> timetable(Fields fields) {
        ZoneId zone = fields.optional("timeZone", Timetable::zone).orElse(ZoneOffset.UTC);
        return fields.optional("schedule", cron -> new Timetable(cron, zone));
    }

    private static Limits limits(Fields fields) {
        int parallel = fields.optionalNumber("parallel", text -> number(text, 1, Limits.MOST_PARALLEL))
                .map(Long::intValue)
                .orElse(Limits.STANDARD_PARALLEL);
        OptionalLong bytes = fields.optionalNumber(
                        "bytesPerSecond", text -> number(text, Limits.LEAST_BYTES, Long.MAX_VALUE))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
        return new Limits(parallel, bytes);
    }

    /** A new rule. */
    ReplicationRule made() {
        return user.isEmpty() ? rule : as(password.orElseThrow(() -> missing("the user has one")));
    }

    /**
     * What there is, changed: a password that nothing is said of stays that of the same user, and is shown to nobody
     * else than before.
     *
     * @param before empty if this node cannot read it: then it cannot stay
     */
    ReplicationRule changed(Optional<ReplicationRule> before) {
        if (user.isEmpty() || password.isPresent()) {
            return made();
        }
        Remote remote = before.map(ReplicationRule::remote).orElseThrow(() -> new RegistryException.Refused(
                RegistryException.Kind.CONFLICT, ErrorCode.DENIED,
                "password: expected it to be there, as this node cannot read what it was: http.secret is another", ""));
        Remote.Login login = remote.login()
                .filter(known -> known.user().equals(user.get()))
                .orElseThrow(() -> missing("the user is another one"));
        if (!rule.remote().isTheSamePlaceAs(remote)) {
            throw missing("the registry, or the way to it, is another one");
        }
        return as(login.password());
    }

    private ReplicationRule as(Secret secret) {
        return rule.as(new Remote.Login(user.orElseThrow(), secret));
    }

    private static RegistryException missing(String why) {
        return new RegistryException.Invalid(
                ErrorCode.UNSUPPORTED, "password: expected it to be there, as " + why, "");
    }

    /** Nothing of it: it must be in no log. */
    @Override
    public String toString() {
        return "settings of " + rule.name();
    }
}

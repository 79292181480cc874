package io.longshore.registry.web.admin;

import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.replication.Remote;
import io.longshore.registry.replication.ReplicationRule;
import io.longshore.registry.replication.RuleStatus;
import io.longshore.registry.replication.Selection;
import io.longshore.registry.replication.TagPattern;
import io.longshore.registry.replication.Timetable;
import io.longshore.registry.replication.VersionRange;
import java.time.Instant;
import java.util.List;

/**
 * A rule of replication, as it is shown; null for what it does not say, or what is not known.
 *
 * @param user null as well if this node cannot read it
 * @param hasPassword whether there is one
 * @param nextAt when its schedule begins the next run
 * @param lastRun the newest that was no dry run
 */
public record ReplicationRuleJson(
        String name, String direction, boolean enabled, String url, boolean insecure, String authorities,
        String user, boolean hasPassword, List<String> repositories, List<String> tags, String versions, Integer newest,
        List<String> platforms, List<String> artifactTypes, boolean referrers, String stripPrefix, String addPrefix,
        boolean deletes, String schedule, String timeZone, boolean onEvent, int parallel, Long bytesPerSecond,
        String createdBy, Instant createdAt, Instant nextAt, ReplicationRunJson lastRun) {

    static ReplicationRuleJson of(RuleStatus status) {
        ReplicationRule rule = status.rule();
        Selection selection = rule.selection();
        return new ReplicationRuleJson(
                rule.name(),
                rule.direction().word(),
                rule.enabled(),
                RegistryUrl.of(rule.remote().registry(), rule.remote().plain()),
                rule.remote().insecure(),
                rule.remote().authorities().orElse(null),
                rule.remote().login().map(Remote.Login::user).orElse(null),
                status.hasLogin(),
                selection.repositories().stream().map(RepositoryPattern::value).toList(),
                selection.tags().stream().map(TagPattern::value).toList(),
                selection.versions().map(VersionRange::toString).orElse(null),
                selection.newest().isPresent() ? selection.newest().getAsInt() : null,
                selection.platforms().stream().map(Platform::toString).toList(),
                selection.artifactTypes().stream().sorted().toList(),
                selection.referrers(),
                rule.mapping().strip(),
                rule.mapping().add(),
                rule.deletes(),
                rule.timetable().map(Timetable::cron).orElse(null),
                rule.timetable().map(table -> table.zone().getId()).orElse(null),
                rule.onEvent(),
                rule.limits().parallel(),
                rule.limits().bytesPerSecond().isPresent() ? rule.limits().bytesPerSecond().getAsLong() : null,
                status.createdBy(),
                status.createdAt(),
                status.nextAt().orElse(null),
                status.last().map(ReplicationRunJson::of).orElse(null));
    }
}

package io.longshore.registry.replication;

import io.longshore.registry.config.Secret;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RepositoryPattern;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** A rule for tests, which copies everything unless it is said otherwise. Immutable. */
record TestRule(ReplicationRule rule) {
    static final String NAME = "all";

    static TestRule pull(String... repositories) {
        return of(Direction.PULL, repositories);
    }

    static TestRule push(String... repositories) {
        return of(Direction.PUSH, repositories);
    }

    private static TestRule of(Direction direction, String... repositories) {
        return new TestRule(new ReplicationRule(
                NAME, direction, true, new Remote("there:5000", false, false, Optional.empty(), Optional.empty()),
                new Selection(
                        Stream.of(repositories).map(RepositoryPattern::parse).toList(), List.of(), Optional.empty(),
                        OptionalInt.empty(), List.of(), Set.of(), false),
                Mapping.NONE, false, Optional.empty(), false, new Limits(4, OptionalLong.empty())));
    }

    private TestRule with(Selection selection) {
        return new TestRule(new ReplicationRule(
                rule.name(), rule.direction(), rule.enabled(), rule.remote(), selection, rule.mapping(),
                rule.deletes(), rule.timetable(), rule.onEvent(), rule.limits()));
    }

    private Selection old() {
        return rule.selection();
    }

    TestRule tags(String... patterns) {
        return with(new Selection(
                old().repositories(), Stream.of(patterns).map(TagPattern::new).toList(), old().versions(),
                old().newest(), old().platforms(), old().artifactTypes(), old().referrers()));
    }

    TestRule versions(String range) {
        return with(new Selection(
                old().repositories(), old().tags(), Optional.of(VersionRange.parse(range)), old().newest(),
                old().platforms(), old().artifactTypes(), old().referrers()));
    }

    TestRule newest(int count) {
        return with(new Selection(
                old().repositories(), old().tags(), old().versions(), OptionalInt.of(count), old().platforms(),
                old().artifactTypes(), old().referrers()));
    }

    TestRule platforms(String... platforms) {
        return with(new Selection(
                old().repositories(), old().tags(), old().versions(), old().newest(),
                Stream.of(platforms).map(Platform::parse).toList(), old().artifactTypes(), old().referrers()));
    }

    TestRule types(String... types) {
        return with(new Selection(
                old().repositories(), old().tags(), old().versions(), old().newest(), old().platforms(),
                Set.of(types), old().referrers()));
    }

    TestRule referrers() {
        return with(new Selection(
                old().repositories(), old().tags(), old().versions(), old().newest(), old().platforms(),
                old().artifactTypes(), true));
    }

    TestRule mapped(String strip, String add) {
        return new TestRule(new ReplicationRule(
                rule.name(), rule.direction(), rule.enabled(), rule.remote(), rule.selection(),
                new Mapping(strip, add), rule.deletes(), rule.timetable(), rule.onEvent(), rule.limits()));
    }

    TestRule deletes() {
        return new TestRule(new ReplicationRule(
                rule.name(), rule.direction(), rule.enabled(), rule.remote(), rule.selection(), rule.mapping(), true,
                rule.timetable(), rule.onEvent(), rule.limits()));
    }

    TestRule onEvent() {
        return new TestRule(new ReplicationRule(
                rule.name(), rule.direction(), rule.enabled(), rule.remote(), rule.selection(), rule.mapping(),
                rule.deletes(), rule.timetable(), true, rule.limits()));
    }

    TestRule scheduled(Timetable timetable) {
        return new TestRule(new ReplicationRule(
                rule.name(), rule.direction(), rule.enabled(), rule.remote(), rule.selection(), rule.mapping(),
                rule.deletes(), Optional.of(timetable), rule.onEvent(), rule.limits()));
    }

    TestRule parallel(int count) {
        return new TestRule(new ReplicationRule(
                rule.name(), rule.direction(), rule.enabled(), rule.remote(), rule.selection(), rule.mapping(),
                rule.deletes(), rule.timetable(), rule.onEvent(), new Limits(count, OptionalLong.empty())));
    }

    TestRule as(String user, String password) {
        return new TestRule(rule.with(rule.remote().as(Optional.of(
                new Remote.Login(user, Secret.of(password))))));
    }
}

package io.longshore.registry.audit;

import io.longshore.registry.model.RepositoryName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Words for a query of the audit. Immutable. */
public record Asked(AuditQuery query) {

    public static Asked forAll() {
        return new Asked(new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), "", Optional.empty(), Optional.empty(),
                OptionalLong.empty()));
    }

    public Asked between(Instant from, Instant until) {
        return new Asked(new AuditQuery(
                Optional.of(from), Optional.of(until), query.actor(), query.act(), query.repository(),
                query.address(), query.before()));
    }

    public Asked by(String actor) {
        return new Asked(new AuditQuery(
                query.from(), query.until(), Optional.of(actor), query.act(), query.repository(), query.address(),
                query.before()));
    }

    public Asked act(String act) {
        return new Asked(new AuditQuery(
                query.from(), query.until(), query.actor(), act, query.repository(), query.address(), query.before()));
    }

    public Asked in(RepositoryName repository) {
        return new Asked(new AuditQuery(
                query.from(), query.until(), query.actor(), query.act(), Optional.of(repository), query.address(),
                query.before()));
    }

    public Asked at(String address) {
        return new Asked(new AuditQuery(
                query.from(), query.until(), query.actor(), query.act(), query.repository(), Optional.of(address),
                query.before()));
    }

    public Asked before(long id) {
        return new Asked(new AuditQuery(
                query.from(), query.until(), query.actor(), query.act(), query.repository(), query.address(),
                OptionalLong.of(id)));
    }
}

package io.longshore.registry.audit;

import io.longshore.registry.model.RepositoryName;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Records what somebody was refused who is known: the first of equal denials within a minute, and so many of a subject.
 * Clients ask again for what they are denied, and nothing slows them down. Each node counts for itself. Thread-safe.
 */
public final class Denials {
    /** Of a subject within a minute: for each repository there might be, there is another denial. */
    static final int MOST_OF_A_SUBJECT = 100;

    private final Audit audit;
    private final MinuteLimit equal;
    private final MinuteLimit ofSubject;

    private record Denial(String subject, Optional<RepositoryName> repository, String what) {}

    /** @param nanos a clock such as {@link System#nanoTime} */
    public Denials(Audit audit, LongSupplier nanos) {
        this.audit = audit;
        this.equal = new MinuteLimit(1, nanos);
        this.ofSubject = new MinuteLimit(MOST_OF_A_SUBJECT, nanos);
    }

    /**
     * Records it, unless there was enough of it a moment ago.
     *
     * @param what may not be done, such as {@code push}
     */
    public void record(Actor actor, Optional<RepositoryName> repository, String what) {
        Denial denial = new Denial(actor.subject(), repository, what);
        if (!equal.allows(denial) || !ofSubject.allows(actor.subject())) {
            return;
        }
        try {
            audit.record(new AuditEvent("access.denied", actor, repository, "", Optional.empty(), what));
        } catch (RuntimeException e) {
            // The client is not answered as denied, and the next time has to be recorded.
            equal.forget(denial);
            throw e;
        }
    }
}

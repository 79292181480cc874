package io.longshore.registry.web.admin;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.notification.DeadLetter;
import io.longshore.registry.notification.Event;
import java.time.Instant;

/** An event that an endpoint could not be told, as it is shown; what it does not have is null. */
public record DeadLetterJson(
        long id, String eventId, Instant at, String action, String actor, String repository, String tag, String digest,
        int attempts, Instant givenUpAt, Integer status, String detail) {

    static DeadLetterJson of(DeadLetter letter) {
        Event event = letter.event();
        return new DeadLetterJson(
                letter.id(), event.id().toString(), event.at(), event.action().word(), event.actor(),
                event.repository().map(RepositoryName::value).orElse(null),
                event.tag().map(Tag::value).orElse(null),
                event.digest().map(Digest::toString).orElse(null),
                letter.attempts(), letter.givenUpAt(),
                letter.status().isPresent() ? letter.status().getAsInt() : null,
                letter.detail().isEmpty() ? null : letter.detail());
    }
}

package io.longshore.registry.web.admin;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.notification.EventSelection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What an endpoint is to be told once more.
 *
 * @param events empty for the dead letters
 */
record WebhookReplay(Optional<EventSelection> events) {

    static WebhookReplay read(Fields fields) {
        boolean deadLetters = fields.flag("deadLetters");
        Optional<List<UUID>> ids = fields.optionalTexts("ids", WebhookReplay::ids);
        Optional<Instant> from = fields.optionalInstant("from");
        Optional<Instant> until = fields.optionalInstant("until");
        boolean time = from.isPresent() || until.isPresent();
        if ((deadLetters ? 1 : 0) + (ids.isPresent() ? 1 : 0) + (time ? 1 : 0) != 1) {
            throw new RegistryException.Invalid(
                    ErrorCode.UNSUPPORTED, "expected one of deadLetters (true), ids, and from or until", "");
        }
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw fields.refusal("until", "expected a time after from");
        }
        return new WebhookReplay(deadLetters
                ? Optional.empty()
                : Optional.of(new EventSelection(ids.orElse(List.of()), from, until)));
    }

    private static List<UUID> ids(List<String> texts) {
        // None would be as good as all.
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("expected at least one id of an event");
        }
        return texts.stream().map(WebhookReplay::id).toList();
    }

    /** In no other form than the usual one. */
    private static UUID id(String text) {
        String expected = "expected ids of events such as 0f0e5b6e-3a4d-4c55-9c0c-6d7b1d1c2b3a";
        UUID id;
        try {
            id = UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(expected, e);
        }
        if (!id.toString().equals(text.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(expected);
        }
        return id;
    }
}

package io.longshore.registry.web.admin;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.notification.EventSelection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What an endpoint is to be told once more, as it was said. */
record WebhookReplay(
        boolean deadLetters, Optional<List<UUID>> ids, Optional<Instant> from, Optional<Instant> until) {

    static WebhookReplay read(Fields fields) {
        return new WebhookReplay(
                fields.flag("deadLetters"), fields.optionalTexts("ids", WebhookReplay::ids),
                fields.optionalInstant("from"), fields.optionalInstant("until"));
    }

    /**
     * Which events; empty for the dead letters.
     *
     * @throws RegistryException.Invalid if it is not one of the three
     */
    Optional<EventSelection> events() {
        boolean time = from.isPresent() || until.isPresent();
        if ((deadLetters ? 1 : 0) + (ids.isPresent() ? 1 : 0) + (time ? 1 : 0) != 1) {
            throw refused("expected one of deadLetters (true), ids, and from or until");
        }
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw refused("until: expected a time after from");
        }
        return deadLetters ? Optional.empty() : Optional.of(new EventSelection(ids.orElse(List.of()), from, until));
    }

    private static RegistryException refused(String message) {
        return new RegistryException.Invalid(ErrorCode.UNSUPPORTED, message, "");
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

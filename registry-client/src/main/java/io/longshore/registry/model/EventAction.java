package io.longshore.registry.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can have happened, as webhooks tell it. */
public enum EventAction {
    MANIFEST_PUSH("manifest.push"),
    MANIFEST_PULL("manifest.pull"),
    MANIFEST_DELETE("manifest.delete"),
    BLOB_PUSH("blob.push"),
    BLOB_PULL("blob.pull"),
    BLOB_MOUNT("blob.mount"),
    BLOB_DELETE("blob.delete"),
    TAG_CREATE("tag.create"),
    TAG_MOVE("tag.move"),
    TAG_DELETE("tag.delete"),
    REPOSITORY_DELETE("repository.delete"),
    /** Nothing: somebody tries an endpoint. */
    PING("ping");

    private final String word;

    EventAction(String word) {
        this.word = word;
    }

    /** As it is written in the database, in settings and in CloudEvents, such as {@code manifest.push}. */
    public String word() {
        return word;
    }

    /**
     * What distribution calls it: {@code push}, {@code pull}, {@code mount} or {@code delete}, whatever it is done to;
     * for what distribution does not know, the word itself.
     */
    public String distributionWord() {
        String verb = word.substring(word.indexOf('.') + 1);
        return verb.equals("create") || verb.equals("move") ? word : verb;
    }

    /** The one that is written so; empty if there is none. */
    public static Optional<EventAction> of(String word) {
        return Arrays.stream(values()).filter(action -> action.word.equals(word)).findFirst();
    }

    /**
     * All that a word of ours or of distribution stands for: {@code tag.delete} for itself, {@code delete} for every
     * deletion. Empty if it is no such word. The set is the caller's.
     */
    public static Set<EventAction> named(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word.equals(word) || action.distributionWord().equals(word))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventAction.class)));
    }
}

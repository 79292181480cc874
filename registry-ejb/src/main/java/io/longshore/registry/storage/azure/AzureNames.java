package io.longshore.registry.storage.azure;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.object.ObjectNames;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names in a container. Older releases of distribution took its paths, which begin with a slash, for names: with the
 * legacy prefix that slash stands before the root. Immutable.
 */
final class AzureNames {
    private static final Pattern STAGE = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ObjectNames names;
    private final String prefix;

    AzureNames(String rootDirectory, boolean legacyRootPrefix) {
        this.names = new ObjectNames(rootDirectory);
        this.prefix = legacyRootPrefix ? "/" : "";
    }

    String blob(Digest digest) {
        return prefix + names.blob(digest);
    }

    String uploads() {
        return prefix + names.uploads();
    }

    static StageId newStage() {
        return new StageId(UUID.randomUUID().toString());
    }

    /** The object of a stage; empty if no stage has this id. */
    Optional<String> stage(StageId id) {
        return STAGE.matcher(id.value()).matches() ? Optional.of(uploads() + id) : Optional.empty();
    }

    /** The stage whose object has this name, which begins as those of all stages. */
    Optional<StageId> stageNamed(String name) {
        String id = name.substring(uploads().length());
        return STAGE.matcher(id).matches() ? Optional.of(new StageId(id)) : Optional.empty();
    }
}

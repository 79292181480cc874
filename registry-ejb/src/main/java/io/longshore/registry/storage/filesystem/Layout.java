package io.longshore.registry.storage.filesystem;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where things lie below the root: blobs as in distribution's tree, stages in a directory of their own beside it. A
 * path is made of nothing but a {@link Digest} or a stage id of this driver's own grammar.
 */
final class Layout {
    /** The name of the file with the bytes of a blob, in the directory of the blob. */
    static final String DATA = "data";

    private static final String TREE = "docker/registry/v2";
    private static final Pattern STAGE_ID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Path blobs;
    private final Path uploads;

    Layout(Path root) {
        blobs = root.resolve(TREE).resolve("blobs");
        uploads = root.resolve(TREE).resolve("uploads");
    }

    Path blobs() {
        return blobs;
    }

    Path uploads() {
        return uploads;
    }

    /** The file with the bytes of a blob. */
    Path data(Digest digest) {
        return directory(digest).resolve(DATA);
    }

    /** The directory of one blob. */
    Path directory(Digest digest) {
        String hex = digest.hex();
        return blobs.resolve(digest.algorithm().id() + '/' + hex.substring(0, 2) + '/' + hex);
    }

    static StageId newStageId() {
        return new StageId(UUID.randomUUID().toString());
    }

    /**
     * The file with the bytes of a stage.
     *
     * @throws StageLostException if no stage of this driver can have this id
     */
    Path stage(StageId id) throws StageLostException {
        if (!isStage(id)) {
            throw new StageLostException("no stage of the file system driver: " + id);
        }
        return uploads.resolve(id.value());
    }

    static boolean isStage(StageId id) {
        return isStageName(id.value());
    }

    /** Whether a file of this name among the stages is one; anything else that lies there is not ours. */
    static boolean isStageName(String name) {
        return STAGE_ID.matcher(name).matches();
    }
}

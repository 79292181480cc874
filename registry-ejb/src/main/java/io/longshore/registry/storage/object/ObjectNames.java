package io.longshore.registry.storage.object;

import io.longshore.registry.model.Digest;

/**
 * Names of objects below a root directory: blobs as in distribution's tree, stages beside them. Immutable.
 *
 * <p>A root is taken as it is but for slashes at its ends: {@code ""} is the top of the store.
 */
public final class ObjectNames {
    private static final String TREE = "docker/registry/v2/";

    private final String tree;

    public ObjectNames(String rootDirectory) {
        String root = rootDirectory.replaceAll("^/+|/+$", "");
        this.tree = root.isEmpty() ? TREE : root + '/' + TREE;
    }

    /** The object with the bytes of a blob. */
    public String blob(Digest digest) {
        String hex = digest.hex();
        return blobs() + digest.algorithm().id() + '/' + hex.substring(0, 2) + '/' + hex + "/data";
    }

    /** What the names of all blobs begin with. */
    public String blobs() {
        return tree + "blobs/";
    }

    /** What the names of all stages begin with. */
    public String uploads() {
        return tree + "uploads/";
    }
}

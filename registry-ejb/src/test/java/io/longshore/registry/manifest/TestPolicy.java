package io.longshore.registry.manifest;

/** Policies for tests. */
public final class TestPolicy {
    /** Everything that an index lists has to be there; layers may name any URL. */
    public static final ManifestPolicy COMPLETE = new ManifestPolicy(child -> true, url -> true, () -> true);

    /** An index may come before what it lists; layers may name any URL. */
    public static final ManifestPolicy SPARSE = new ManifestPolicy(child -> false, url -> true, () -> true);

    private TestPolicy() {}
}

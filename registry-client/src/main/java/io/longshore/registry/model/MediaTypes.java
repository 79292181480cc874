package io.longshore.registry.model;

import java.util.Set;

/** The media types that have a meaning here. All others are carried unchanged. */
public final class MediaTypes {
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_SCHEMA1 = "application/vnd.docker.distribution.manifest.v1+json";
    public static final String DOCKER_SCHEMA1_SIGNED = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    /** Withdrawn from the image specification before its release, and pushed by tools of that time. */
    public static final String OCI_ARTIFACT_MANIFEST = "application/vnd.oci.artifact.manifest.v1+json";

    /** What {@link #OCI_ARTIFACT_MANIFEST} came from; has the same fields. */
    public static final String ORAS_ARTIFACT_MANIFEST = "application/vnd.cncf.oras.artifact.manifest.v1+json";

    /** {@code {}}, where something must be referred to and there is nothing. */
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";

    public static final String OCTET_STREAM = "application/octet-stream";

    private static final String OCI_NON_DISTRIBUTABLE = "application/vnd.oci.image.layer.nondistributable.";
    private static final String DOCKER_FOREIGN = "application/vnd.docker.image.rootfs.foreign.";

    private static final Set<String> MANIFESTS = Set.of(
            OCI_MANIFEST, OCI_INDEX, DOCKER_MANIFEST, DOCKER_LIST, OCI_ARTIFACT_MANIFEST, ORAS_ARTIFACT_MANIFEST);

    private MediaTypes() {}

    /** Whether content of this type lies with the manifests of a repository; all other lies with its blobs. */
    public static boolean isManifest(String mediaType) {
        return MANIFESTS.contains(mediaType);
    }

    /** Whether layers of this type stay with their owner, so that clients do not push them. */
    static boolean isNonDistributable(String mediaType) {
        return mediaType.startsWith(OCI_NON_DISTRIBUTABLE) || mediaType.startsWith(DOCKER_FOREIGN);
    }
}

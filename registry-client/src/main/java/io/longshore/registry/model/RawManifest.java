package io.longshore.registry.model;

/** A manifest byte for byte, as a registry or a layout gave it out: its digest is that of the bytes. Immutable. */
public final class RawManifest {
    private final String mediaType;
    private final Digest digest;
    private final byte[] bytes;

    private RawManifest(String mediaType, Digest digest, byte[] bytes) {
        this.mediaType = mediaType;
        this.digest = digest;
        this.bytes = bytes;
    }

    /**
     * These bytes, which are copied.
     *
     * @param mediaType without parameters
     */
    public static RawManifest of(String mediaType, DigestAlgorithm algorithm, byte[] bytes) {
        return new RawManifest(mediaType, Digest.of(algorithm, bytes), bytes.clone());
    }

    /** As its source says, without parameters. */
    public String mediaType() {
        return mediaType;
    }

    public Digest digest() {
        return digest;
    }

    public long sizeBytes() {
        return bytes.length;
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * What it refers to.
     *
     * @throws RegistryException.Invalid if it is not as the specification has it
     */
    public Manifest parse() {
        return Manifest.parse(bytes, mediaType);
    }

    /** How another manifest, or the index of a layout, speaks of it. */
    public Descriptor descriptor() {
        return Descriptor.of(mediaType, digest, bytes.length);
    }

    @Override
    public String toString() {
        return mediaType + ' ' + digest;
    }
}

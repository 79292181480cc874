package io.longshore.registry.client;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.RegistryException;

/** A manifest as a registry gave it out, byte for byte: its digest is that of the bytes. Immutable. */
public final class RemoteManifest {
    private final ManifestHead head;
    private final byte[] bytes;

    RemoteManifest(ManifestHead head, byte[] bytes) {
        this.head = head;
        this.bytes = bytes;
    }

    public Digest digest() {
        return head.digest();
    }

    /** As the registry says, without parameters. */
    public String mediaType() {
        return head.mediaType();
    }

    public ManifestHead head() {
        return head;
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
        return Manifest.parse(bytes, head.mediaType());
    }

    @Override
    public String toString() {
        return head.mediaType() + ' ' + head.digest();
    }
}

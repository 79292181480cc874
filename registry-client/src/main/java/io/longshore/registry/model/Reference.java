package io.longshore.registry.model;

/** What names a manifest in a repository: a tag or a digest. */
public sealed interface Reference permits Tag, Digest {

    /**
     * Parses the last segment of a manifest's path. What holds a colon can only be a digest.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#DIGEST_INVALID} or {@link ErrorCode#TAG_INVALID}
     */
    static Reference parse(String text) {
        return text.indexOf(':') >= 0 ? Digest.parse(text) : Tag.parse(text);
    }
}

package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Reference;

/** What commands ask of the names that they are given. */
final class Names {
    private Names() {}

    /** Fails if it is the name of more than a repository. */
    static void requireRepository(ImageName name) {
        if (name.tag().isPresent() || name.digest().isPresent()) {
            throw new UsageException("name a repository, without tag and digest, in place of " + name);
        }
    }

    /** What is written there: to take latest for granted could cost somebody an image. */
    static Reference requireReference(ImageName name) {
        if (name.tag().isEmpty() && name.digest().isEmpty()) {
            throw new UsageException("say which one is meant, by " + name + ":TAG or " + name + "@DIGEST");
        }
        return name.reference();
    }

    static Digest requireDigest(ImageName name) {
        return name.digest()
                .orElseThrow(() -> new UsageException("blobs have no tags: write " + name + "@DIGEST"));
    }
}

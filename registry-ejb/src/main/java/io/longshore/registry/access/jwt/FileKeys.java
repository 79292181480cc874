package io.longshore.registry.access.jwt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Keys in a file with a JSON Web Key Set, which is read again when it changes. Tokens know them by their {@code kid},
 * and those without one by their thumbprint.
 */
public final class FileKeys implements TrustedKeys {
    private final WatchedFile<KeySet> file;

    /**
     * @throws IOException if the file cannot be read now, or there is no key in it
     */
    public FileKeys(Path path) throws IOException {
        file = new WatchedFile<>(path, KeySet::parse);
        if (file.read().size() == 0) {
            throw new IOException("the file " + path + " holds no public key for signatures");
        }
    }

    @Override
    public List<TrustedKey> find(KeyHint hint) throws IOException {
        return file.read().find(hint.id());
    }
}

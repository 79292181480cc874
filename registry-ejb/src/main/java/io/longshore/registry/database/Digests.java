package io.longshore.registry.database;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.util.Arrays;
import java.util.Collection;

/** Digests as the schema's domain {@code digest} keeps them: a byte for the algorithm, then the hash. */
public final class Digests {

    private Digests() {}

    public static byte[] toBytes(Digest digest) {
        byte[] hash = digest.hash();
        byte[] bytes = new byte[hash.length + 1];
        bytes[0] = switch (digest.algorithm()) {
            case SHA256 -> 1;
            case SHA512 -> 2;
        };
        System.arraycopy(hash, 0, bytes, 1, hash.length);
        return bytes;
    }

    public static byte[][] toBytes(Collection<Digest> digests) {
        return digests.stream().map(Digests::toBytes).toArray(byte[][]::new);
    }

    public static Digest fromBytes(byte[] bytes) {
        DigestAlgorithm algorithm = bytes[0] == 1 ? DigestAlgorithm.SHA256 : DigestAlgorithm.SHA512;
        return Digest.ofHash(algorithm, Arrays.copyOfRange(bytes, 1, bytes.length));
    }
}

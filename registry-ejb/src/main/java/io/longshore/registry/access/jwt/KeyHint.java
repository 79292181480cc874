package io.longshore.registry.access.jwt;

import java.util.List;

/**
 * What a token says of the key that it is signed with. Nothing of it has been verified.
 *
 * @param id its {@code kid}, of any length and any characters; empty if there is none
 * @param chain its {@code x5c}: certificates in Base64, the first that of the key, each next one that of who signed the
 *     one before; empty if there is none
 */
public record KeyHint(String id, List<String> chain) {
    public KeyHint {
        chain = List.copyOf(chain);
    }
}

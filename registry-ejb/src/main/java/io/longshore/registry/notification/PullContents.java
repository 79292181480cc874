package io.longshore.registry.notification;

import io.longshore.registry.audit.EventContent;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.RegistryException;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the manifests of some pulls consist of. Each is parsed once, however often it was pulled. */
final class PullContents {
    private static final System.Logger LOG = System.getLogger(PullContents.class.getName());

    private final Map<Key, Optional<String>> contents = new HashMap<>();

    /** The media type says, too, how a manifest is to be read. */
    private record Key(Digest digest, String mediaType) {
        static Key of(Pull pull) {
            return new Key(pull.digest(), pull.mediaType());
        }
    }

    PullContents(List<Pull> pulls) {
        for (Pull pull : pulls) {
            pull.manifest().ifPresent(bytes -> contents.computeIfAbsent(Key.of(pull), key -> parsed(bytes, key)));
        }
    }

    /** Others that are told of the pull must not miss it because of a manifest that came before today's rules. */
    private static Optional<String> parsed(byte[] bytes, Key key) {
        try {
            return Optional.of(EventContent.of(Manifest.parse(bytes, key.mediaType())));
        } catch (RegistryException.Invalid e) {
            LOG.log(Level.DEBUG, "webhooks are not told what {0} consists of: {1}", key.digest(), e.getMessage());
            return Optional.empty();
        }
    }

    /** As the column {@code content} of its event; empty if nobody wants to know. */
    Optional<String> of(Pull pull) {
        return pull.manifest().flatMap(bytes -> contents.get(Key.of(pull)));
    }
}

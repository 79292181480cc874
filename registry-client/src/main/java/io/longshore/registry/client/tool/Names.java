package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

    /** What a copy is to be called: as is said; if nothing is, as it is in its source. */
    static List<String> inTarget(Place from, Target target, List<Tag> tags) {
        List<String> names = new ArrayList<>(target.names());
        tags.forEach(tag -> names.add(tag.value()));
        if (names.isEmpty()) {
            tag(from).ifPresent(names::add);
        }
        return names;
    }

    /** What a copy of it is called if nothing else is said: nothing, if it was asked for by its digest. */
    private static Optional<String> tag(Place place) {
        if (place instanceof Place.InRegistry registry) {
            return Optional.of(registry.name().reference()).filter(Tag.class::isInstance).map(Object::toString);
        }
        if (place instanceof Place.InLayout layout) {
            return layout.name().filter(Names::isTag);
        }
        return Optional.empty();
    }

    private static boolean isTag(String name) {
        try {
            Tag.parse(name);
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }

    static Digest requireDigest(ImageName name) {
        return name.digest()
                .orElseThrow(() -> new UsageException("blobs have no tags: write " + name + "@DIGEST"));
    }
}

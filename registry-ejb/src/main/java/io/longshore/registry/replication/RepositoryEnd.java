package io.longshore.registry.replication;

import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.ContentTarget;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A repository that is copied from or to. Thread-safe. */
interface RepositoryEnd extends ContentSource, ContentTarget {

    /** All of its tags; none if there is no such repository. */
    List<Tag> tags() throws IOException;

    /** What a tag names; empty if there is none. */
    Optional<Descriptor> head(Tag tag) throws IOException;

    /**
     * Takes a tag away, and leaves others of the same manifest.
     *
     * @throws RegistryException if that cannot be done
     */
    void delete(Tag tag) throws IOException;
}

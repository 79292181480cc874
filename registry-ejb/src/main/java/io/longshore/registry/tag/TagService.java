package io.longshore.registry.tag;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;

/** The tags of repositories. They are set by the push of a manifest. Thread-safe. */
public final class TagService {
    private final Database database;
    private final TagTable tags = new TagTable();

    public TagService(Database database) {
        this.database = database;
    }

    /**
     * Tags of a repository in ASCII order (OCI distribution-spec, end-8).
     *
     * @param last exclusive start, which need not be a tag; empty for the beginning
     * @param limit most tags to return
     * @throws RegistryException.NotFound {@link ErrorCode#NAME_UNKNOWN} if there is no such repository
     */
    public Slice<Tag> list(RepositoryName repository, String last, int limit) {
        return database.statement(tx -> tags.after(tx, repository, last, limit + 1L))
                .map(found -> Slice.of(found, limit))
                .orElseThrow(() -> new RegistryException.NotFound(
                        ErrorCode.NAME_UNKNOWN, "no such repository", repository.toString()));
    }

    /**
     * Deletes a tag and leaves its manifest (end-9, tag).
     *
     * @throws RegistryException.NotFound {@link ErrorCode#MANIFEST_UNKNOWN}
     */
    public void delete(Actor actor, RepositoryName repository, Tag tag) {
        if (!database.statement(tx -> tags.delete(tx, actor, repository, tag))) {
            throw new RegistryException.NotFound(
                    ErrorCode.MANIFEST_UNKNOWN, "no such tag in " + repository, tag.toString());
        }
    }
}

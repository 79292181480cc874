package io.longshore.registry.referrer;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.util.Optional;

/** Lists referrers (OCI distribution-spec, end-12). Thread-safe. */
public final class ReferrerService {
    private static final int FALLBACK_ALGORITHM_LENGTH = 32;
    private static final int FALLBACK_HEX_LENGTH = 64;

    private final Database database;
    private final ReferrerTable referrers = new ReferrerTable();

    public ReferrerService(Database database) {
        this.database = database;
    }

    /**
     * Manifests of the repository whose subject is {@code subject}, in a stable order, with those that a client listed
     * under the subject's fallback tag. There need be no such subject, nor a repository.
     *
     * @param artifactType lists only referrers of this type
     * @param last exclusive start: the last referrer of the page before
     * @param limit most referrers to return; fewer, but at least one, if their annotations are long
     */
    public Slice<Referrer> list(
            RepositoryName repository,
            Digest subject,
            Optional<String> artifactType,
            Optional<Digest> last,
            int limit) {
        String tag = fallbackTag(subject);
        return database.statement(
                        tx -> referrers.find(tx, repository, subject, tag, artifactType, last, limit + 1L))
                .first(limit);
    }

    /** OCI distribution-spec, "Referrers Tag Schema": both parts are cut so that the tag is a tag. */
    private static String fallbackTag(Digest subject) {
        return cut(subject.algorithm().id(), FALLBACK_ALGORITHM_LENGTH) + "-" + cut(subject.hex(), FALLBACK_HEX_LENGTH);
    }

    private static String cut(String text, int length) {
        return text.substring(0, Math.min(length, text.length()));
    }
}

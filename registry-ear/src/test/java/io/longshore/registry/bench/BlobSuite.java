package io.longshore.registry.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Rows that need nothing but blobs. */
final class BlobSuite implements Suite {

    private final Content content;
    private final List<Phase> phases;

    BlobSuite(Content content, List<Phase> phases) {
        this.content = content;
        this.phases = phases;
    }

    @Override
    public void layOut(Server server, Load load) throws IOException {
        content.pushBlobsTo(server, load);
    }

    @Override
    public List<Phase> phases(List<Server> servers) {
        return phases;
    }

    @Override
    public Optional<Phase> afterStart() {
        return Optional.empty();
    }
}

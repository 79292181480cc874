package io.longshore.registry.upload;

import static io.longshore.registry.audit.TestActor.ALICE;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.util.Optional;

/** A node of the registry, as far as uploads go. Nodes share a database and a store, and nothing else. */
final class Node {
    final UploadService uploads;
    final BlobService blobs;
    final WatchedStore store;
    private final Database database;

    private Node(Database database, WatchedStore store) {
        this.database = database;
        this.store = store;
        this.blobs = new BlobService(database, store);
        this.uploads = new UploadService(database, store, blobs);
    }

    static Node on(Database database, BlobStore store) {
        return new Node(database, new WatchedStore(store));
    }

    /** A second node; or this one after a restart, which keeps nothing in memory. */
    Node another() {
        return new Node(database, store.onAnotherNode());
    }

    /** Appends a part of the content, from inclusive, to exclusive, and says where it lies. */
    long append(RepositoryName repository, UploadId id, Content content, int from, int to) throws IOException {
        return uploads.append(ALICE, repository, id, range(from, to), Bodies.of(content.part(from, to)));
    }

    static Optional<ChunkRange> range(int from, int to) {
        return Optional.of(new ChunkRange(from, to - 1L));
    }
}

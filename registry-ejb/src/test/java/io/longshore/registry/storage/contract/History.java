package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Calls a store at random and keeps in maps what should be in it. */
final class History {
    private static final int MAX_PIECE_BYTES = 90_000;

    private final BlobStore store;
    private final Random random;
    /** In the order in which they began, so that a seed repeats its history although the ids differ. */
    private final Map<StageId, Content> stages = new LinkedHashMap<>();
    private final Map<Digest, Content> blobs = new HashMap<>();
    private final List<Digest> digests =
            IntStream.range(0, 6).mapToObj(i -> Content.random(32).digest()).toList();

    History(BlobStore store, Random random) {
        this.store = store;
        this.random = random;
    }

    void step() throws IOException {
        switch (stages.isEmpty() ? 0 : random.nextInt(7)) {
            case 0 -> begin();
            case 1 -> append();
            case 2 -> cut();
            case 3 -> commit();
            case 4 -> discard();
            case 5 -> delete();
            default -> look();
        }
    }

    private void begin() throws IOException {
        Content content = piece();
        stages.put(Blobs.stage(store, content), content);
    }

    private void append() throws IOException {
        StageId id = anyStage();
        resume(id, stages.get(id).sizeBytes());
    }

    private void cut() throws IOException {
        StageId id = anyStage();
        resume(id, random.nextInt(stages.get(id).sizeBytes() + 1));
    }

    private void resume(StageId id, int sizeBytes) throws IOException {
        Content piece = piece();
        try (Stage stage = store.resume(id, sizeBytes)) {
            stage.write(piece.buffer());
        }
        stages.compute(id, (same, before) -> before.part(0, sizeBytes).then(piece));
    }

    private void commit() throws IOException {
        StageId id = anyStage();
        Digest digest = anyDigest();
        Content content = stages.remove(id);
        Blobs.commit(store, id, content.sizeBytes(), digest);
        blobs.put(digest, content);
    }

    private void discard() throws IOException {
        StageId id = anyStage();
        store.discard(id);
        stages.remove(id);
    }

    private void delete() throws IOException {
        Digest digest = anyDigest();
        assertThat(store.delete(digest)).isEqualTo(blobs.remove(digest) != null);
    }

    private void look() throws IOException {
        StageId id = anyStage();
        Blobs.assertStage(store, id, stages.get(id));
        assertBlob(anyDigest());
    }

    private void assertBlob(Digest digest) throws IOException {
        if (blobs.containsKey(digest)) {
            Blobs.assertBlob(store, digest, blobs.get(digest));
        } else {
            Blobs.assertNoBlob(store, digest);
        }
    }

    void assertAll() throws IOException {
        for (Map.Entry<StageId, Content> stage : stages.entrySet()) {
            Blobs.assertStage(store, stage.getKey(), stage.getValue());
        }
        for (Digest digest : digests) {
            assertBlob(digest);
        }
    }

    private Content piece() {
        return Content.random(random.nextInt(MAX_PIECE_BYTES));
    }

    private StageId anyStage() {
        List<StageId> ids = new ArrayList<>(stages.keySet());
        return ids.get(random.nextInt(ids.size()));
    }

    private Digest anyDigest() {
        return digests.get(random.nextInt(digests.size()));
    }
}

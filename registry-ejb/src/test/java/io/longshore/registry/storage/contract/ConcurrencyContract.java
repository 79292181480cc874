package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many callers at once. */
public interface ConcurrencyContract extends StoreUnderTest {
    /** How many threads the tests start. */
    int THREADS = 16;

    @Test
    default void stagesBegunAtOnceHaveDifferentIds() throws Exception {
        BlobStore store = store();
        Set<StageId> ids = ConcurrentHashMap.newKeySet();
        Workers.run(THREADS, index -> {
            for (int i = 0; i < 20; i++) {
                assertThat(ids.add(Blobs.stage(store, Content.of("x")))).isTrue();
            }
        });
        assertThat(ids).hasSize(THREADS * 20);
    }

    @Test
    default void twoCommitsOfTheSameDigestBothSucceed() throws Exception {
        BlobStore store = store();
        for (int i = 0; i < 20; i++) {
            Content content = Content.random(5000);
            List<StageId> stages = List.of(Blobs.stage(store, content), Blobs.stage(store, content));
            Workers.run(2, index -> {
                Blobs.commit(store, stages.get(index), content.sizeBytes(), content.digest());
                Blobs.assertBlob(store, content);
            });
        }
    }

    @Test
    default void manyThreadsCommitDistinctBlobs() throws Exception {
        BlobStore store = store();
        Queue<Content> committed = new ConcurrentLinkedQueue<>();
        Workers.run(THREADS, index -> {
            for (int i = 0; i < 25; i++) {
                Content content = Content.random(1 + index * 1000 + i);
                Blobs.put(store, content);
                committed.add(content);
            }
        });
        assertThat(committed).hasSize(THREADS * 25);
        for (Content content : committed) {
            Blobs.assertBlob(store, content);
        }
    }

    @Test
    default void manyThreadsCommitTheSameBlobs() throws Exception {
        BlobStore store = store();
        List<Content> contents =
                IntStream.range(0, 10).mapToObj(i -> Content.random(100 + i * 5000)).toList();
        Workers.run(THREADS, index -> {
            for (Content content : contents) {
                Blobs.put(store, content);
                Blobs.assertBlob(store, content);
            }
        });
        for (Content content : contents) {
            Blobs.assertBlob(store, content);
        }
    }

    @Test
    default void readersNeverSeePartOfABlob() throws Exception {
        BlobStore store = store();
        List<Content> versions =
                IntStream.range(0, 20).mapToObj(i -> Content.random(100_000 + i)).toList();
        Digest digest = versions.get(0).digest();
        Blobs.put(store, versions.get(0));
        AtomicBoolean over = new AtomicBoolean();
        Callable<?> writer = () -> {
            try {
                for (Content version : versions) {
                    Blobs.putAs(store, version, digest);
                }
            } finally {
                over.set(true);
            }
            return null;
        };
        Callable<?> reader = () -> {
            do {
                assertThat(seesWholeBlob(store, digest, versions)).isTrue();
            } while (!over.get());
            return null;
        };
        Workers.runTogether(List.of(writer, reader, reader, reader));
        Blobs.assertBlob(store, digest, versions.get(19));
    }

    /** Returns whether there is a blob; fails if it is none of {@code versions}. */
    private static boolean seesWholeBlob(BlobStore store, Digest digest, List<Content> versions) throws IOException {
        try (BlobContent blob = store.open(digest, 0)) {
            byte[] bytes = Blobs.read(blob);
            assertThat(bytes).hasSize(Math.toIntExact(blob.sizeBytes()));
            assertThat(versions).anyMatch(version -> Arrays.equals(version.bytes(), bytes));
            return true;
        } catch (BlobLostException e) {
            return false;
        }
    }

    @Test
    default void commitsAndDeletesOfTheSameDigestDoNotHinderEachOther() throws Exception {
        BlobStore store = store();
        Content content = Content.random(5000);
        Workers.run(8, index -> {
            for (int i = 0; i < 40; i++) {
                if (index % 2 == 0) {
                    Blobs.put(store, content);
                } else {
                    store.delete(content.digest());
                }
                seesWholeBlob(store, content.digest(), List.of(content));
            }
        });
        Blobs.put(store, content);
        Blobs.assertBlob(store, content);
        assertThat(store.delete(content.digest())).isTrue();
        Blobs.assertNoBlob(store, content.digest());
    }

    @Test
    default void manyThreadsReadTheSameBlob() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1 << 20);
        Blobs.put(store, content);
        Workers.run(THREADS, index -> {
            for (int i = 0; i < 5; i++) {
                Blobs.assertBlob(store, content);
            }
        });
    }

    @Test
    default void manyThreadsDiscardTheSameStage() throws Exception {
        BlobStore store = store();
        for (int i = 0; i < 10; i++) {
            StageId id = Blobs.stage(store, Content.random(1000));
            Workers.run(4, index -> store.discard(id));
            Blobs.assertNoStage(store, id);
        }
    }

    @Test
    default void stagesWrittenAtOnceDoNotMix() throws Exception {
        BlobStore store = store();
        Workers.run(THREADS, index -> {
            Content content = Content.random(100_000);
            StageId id = Blobs.stage(store, content.part(0, 1));
            for (int from = 1, to; from < content.sizeBytes(); from = to) {
                to = Math.min(content.sizeBytes(), from + 9999);
                try (Stage stage = store.resume(id, from)) {
                    stage.write(content.part(from, to).buffer());
                }
            }
            Blobs.commit(store, id, content.sizeBytes(), content.digest());
            Blobs.assertBlob(store, content);
        });
    }
}

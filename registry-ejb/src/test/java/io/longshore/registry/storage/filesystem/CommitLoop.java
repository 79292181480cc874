package io.longshore.registry.storage.filesystem;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.contract.Workers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/**
 * A process that stores and deletes until it is killed, and says on standard output what it has been promised: a line
 * {@code blob <digest>}, {@code gone <digest>} or {@code stage <id> <size> <digest>}.
 */
final class CommitLoop {
    private static final int THREADS = 8;
    private static final int MAX_BYTES = 200_000;

    private final BlobStore store;
    private final Content shared = Content.of("the same in every thread and every run");
    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    private CommitLoop(BlobStore store) {
        this.store = store;
    }

    public static void main(String[] arguments) throws Exception {
        CommitLoop loop = new CommitLoop(new FilesystemBlobStore(Path.of(arguments[0]), 100));
        Workers.run(THREADS, index -> loop.run(new Random(Long.parseLong(arguments[1]) + index)));
    }

    private void run(Random random) throws IOException {
        while (true) {
            Content content = Content.random(random.nextInt(MAX_BYTES));
            switch (random.nextInt(5)) {
                case 0 -> stage(content);
                case 1 -> delete(content);
                case 2 -> put(shared);
                default -> put(content);
            }
        }
    }

    private void stage(Content content) throws IOException {
        int half = content.sizeBytes() / 2;
        StageId id = Blobs.stage(store, content.part(0, half));
        try (Stage stage = store.resume(id, half)) {
            stage.write(content.part(half, content.sizeBytes()).buffer());
        }
        say("stage " + id + ' ' + content.sizeBytes() + ' ' + content.digest());
    }

    private void delete(Content content) throws IOException {
        Blobs.put(store, content);
        store.delete(content.digest());
        say("gone " + content.digest());
    }

    private void put(Content content) throws IOException {
        Blobs.put(store, content);
        say("blob " + content.digest());
    }

    private synchronized void say(String line) throws IOException {
        out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
    }
}

package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import io.longshore.registry.model.Digest;
import java.io.UncheckedIOException;
import java.util.Random;

/** Pushes blobs, and a manifest under a tag now and then, until the registry is gone. */
final class Pusher implements Runnable {
    private static final int MOST_BYTES = 256 << 10;
    private static final int BLOBS_PER_MANIFEST = 3;

    private final Http http;
    private final Repository repository;
    private final String name;
    private final Random random;
    private final Acknowledged acknowledged;

    /** @param name the beginning of this one's tags */
    Pusher(Http http, Repository repository, String name, Random random, Acknowledged acknowledged) {
        this.http = http;
        this.repository = repository;
        this.name = name;
        this.random = random;
        this.acknowledged = acknowledged;
    }

    @Override
    public void run() {
        try {
            for (int i = 0; pushImage(name + '.' + i); i++) {}
        } catch (UncheckedIOException gone) {
            // What was not answered is not acknowledged.
        }
    }

    /** Returns false where the registry said that it cannot now. */
    private boolean pushImage(String tag) {
        byte[] last = null;
        for (int i = 0; i < BLOBS_PER_MANIFEST; i++) {
            last = Seed.bytes(random, 1 + random.nextInt(MOST_BYTES));
            if (!pushBlob(last)) {
                return false;
            }
        }
        TestManifest manifest = TestManifest.image(last);
        if (!succeeds(repository.put(tag, manifest).send(), 201)) {
            return false;
        }
        acknowledged.tag(tag, manifest);
        return true;
    }

    private boolean pushBlob(byte[] blob) {
        Reply started = http.post(repository.uploads()).send();
        if (!succeeds(started, 202)) {
            return false;
        }
        Digest digest = TestContent.sha256(blob);
        String location = started.header("Location");
        String query = (location.contains("?") ? "&" : "?") + "digest=" + digest;
        if (!succeeds(http.put(location + query).body(blob).send(), 201)) {
            return false;
        }
        acknowledged.blob(digest, blob);
        return true;
    }

    private static boolean succeeds(Reply reply, int expected) {
        assertThat(reply.status()).as("%s: %s", reply.request(), reply.text()).isIn(expected, 503);
        return reply.status() == expected;
    }
}

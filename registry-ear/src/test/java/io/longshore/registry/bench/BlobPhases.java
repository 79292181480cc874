package io.longshore.registry.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rows about blobs. */
final class BlobPhases {

    private static final String PUSHED_BIG = "bench/pushed-big";
    private static final String PUSHED_SMALL = "bench/pushed-small";
    private static final int CHECKED = 16;

    private final Content content;
    private final Scale scale;

    BlobPhases(Content content, Scale scale) {
        this.content = content;
        this.scale = scale;
    }

    /** How a client pushes a blob. */
    @FunctionalInterface
    private interface Push {
        void push(RegistryCalls calls, String repository, Blob blob) throws IOException;
    }

    List<Phase> all(boolean peerTakesPost) {
        Phase post = pushSmall("POST", RegistryCalls::pushWithPost);
        Stream<Phase> small = Stream.of(pushSmall("POST+PUT", RegistryCalls::pushWithPut),
                peerTakesPost ? post : post.withoutPeer(),
                Phase.timed("HEAD blob", 32, this::headSmall),
                pullSmall(),
                Phase.timed("mount blob", 16, this::mount));
        return Stream.of(pushesOfBig(), pullsOfBig(), small).flatMap(phases -> phases).toList();
    }

    /** Those in which bytes go to where blobs are kept, or come from there. */
    List<Phase> transfers() {
        Stream<Phase> small = Stream.of(pushSmall("POST+PUT", RegistryCalls::pushWithPut), pullSmall());
        return Stream.of(pushesOfBig(), pullsOfBig(), small).flatMap(phases -> phases).toList();
    }

    /** Those in which bytes come from there. */
    List<Phase> pulls() {
        return Stream.concat(pullsOfBig(), Stream.of(pullSmall())).toList();
    }

    private Stream<Phase> pushesOfBig() {
        return Stream.concat(pushesOfBig("POST+PUT", RegistryCalls::pushWithPut),
                pushesOfBig("POST+PATCH+PUT", RegistryCalls::pushWithPatch));
    }

    private Stream<Phase> pullsOfBig() {
        return IntStream.of(1, 4, 16).mapToObj(this::pullBig);
    }

    private Phase pullSmall() {
        return Phase.timed("GET 4 KiB blob", 32, this::pullSmall);
    }

    private Stream<Phase> pushesOfBig(String how, Push push) {
        return IntStream.of(1, 4).mapToObj(clients -> Phase
                .counted("push 64 MiB blobs, " + how, clients, scale.bigPushes(),
                        (server, calls) -> (each, number) -> push.push(each, PUSHED_BIG, content.freshBig()))
                .ofBytes(Content.BIG_BYTES));
    }

    private Phase pullBig(int clients) {
        return Phase.timed("pull 64 MiB blobs", clients, (server, calls) -> {
            calls.verifyBlob(Content.BIG, content.big(0));
            return (each, number) -> each.pullBlob(Content.BIG, content.big(number));
        }).ofBytes(Content.BIG_BYTES);
    }

    /** Checks the digests of some that the last run of this phase pushed. */
    private Phase pushSmall(String how, Push push) {
        String name = "push %,d blobs of 4 KiB, %s".formatted(scale.smallPushes(), how);
        ConcurrentLinkedQueue<Blob> pushed = new ConcurrentLinkedQueue<>();
        return Phase.counted(name, 16, scale.smallPushes(), (server, calls) -> (each, number) -> {
            Blob blob = content.freshSmall();
            push.push(each, PUSHED_SMALL, blob);
            if (number < CHECKED) {
                pushed.add(blob);
            }
        }).checkedBy(calls -> {
            for (Blob blob = pushed.poll(); blob != null; blob = pushed.poll()) {
                calls.verifyBlob(PUSHED_SMALL, blob);
            }
        });
    }

    private Operation headSmall(Server server, RegistryCalls calls) {
        return (each, number) -> each.headBlob(Content.SMALL, content.small(number));
    }

    private Operation pullSmall(Server server, RegistryCalls calls) throws IOException {
        for (int i = 0; i < CHECKED; i++) {
            calls.verifyBlob(Content.SMALL, content.small(i));
        }
        return (each, number) -> each.pullBlob(Content.SMALL, content.small(number));
    }

    /** Every mount is of a blob that its repository does not have. */
    private Operation mount(Server server, RegistryCalls calls) {
        long run = content.fresh();
        return (each, number) -> {
            String repository = "bench/mounted-" + run + "-" + number / content.smallBlobs();
            each.mount(repository, Content.SMALL, content.small(number));
        };
    }
}

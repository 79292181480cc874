package io.longshore.registry.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rows about manifests and whole images. */
final class ManifestPhases {

    /** Where the phases of this class push to. */
    static final String PUSHED = "bench/pushed-images";
    private static final int PULLERS = 50;
    private static final int CHECKED = 16;
    private static final int AFTER_START = 1000;

    private final Content content;
    private final Scale scale;

    ManifestPhases(Content content, Scale scale) {
        this.content = content;
        this.scale = scale;
    }

    List<Phase> all() {
        return List.of(
                Phase.counted("PUT manifest and tag", 16, scale.smallPushes(), this::put),
                Phase.timed("GET manifest by tag", 32, this::getByTag),
                Phase.timed("GET manifest by digest", 32, this::getByDigest),
                Phase.timed("HEAD manifest by tag", 32, (server, calls) -> (each, number) ->
                        each.headManifest(Content.IMAGES, content.tag(number), content.manifest(number))),
                Phase.timed("HEAD manifest by digest", 32, (server, calls) -> (each, number) -> {
                    Manifest manifest = content.manifest(number);
                    each.headManifest(Content.IMAGES, manifest.digest(), manifest);
                }),
                Phase.counted("pull an image of 8 layers, 50 MB", PULLERS, PULLERS, this::pullImage),
                Phase.counted("DELETE manifest by digest among %,d tags".formatted(scale.manifests()), 8,
                        scale.deletions(), this::delete));
    }

    /** What is done most, and what changes most. */
    List<Phase> common() {
        return List.of(
                Phase.timed("GET manifest by tag", 32, this::getByTag),
                Phase.counted("PUT manifest and tag", 16, scale.smallPushes(), this::put));
    }

    /** What a server is asked first when it has just started. */
    Phase afterStart() {
        return Phase.counted("first %,d pulls of a manifest and a 4 KiB blob".formatted(AFTER_START), 16, AFTER_START,
                (server, calls) -> (each, number) -> {
                    each.pullManifest(Content.IMAGES, content.tag(number), content.manifest(number));
                    each.pullBlob(Content.IMAGES, content.small(number));
                });
    }

    private Operation put(Server server, RegistryCalls calls) throws IOException {
        calls.mount(PUSHED, Content.SMALL, content.small(0));
        long first = content.fresh(scale.smallPushes());
        return (each, number) -> {
            long fresh = first + number;
            each.putManifest(PUSHED, "v" + fresh, content.image(fresh));
        };
    }

    private Operation getByTag(Server server, RegistryCalls calls) throws IOException {
        for (int i = 0; i < CHECKED; i++) {
            calls.verifyManifest(Content.IMAGES, content.tag(i), content.manifest(i));
        }
        return (each, number) -> each.pullManifest(Content.IMAGES, content.tag(number), content.manifest(number));
    }

    private Operation getByDigest(Server server, RegistryCalls calls) throws IOException {
        for (int i = 0; i < CHECKED; i++) {
            calls.verifyManifest(Content.IMAGES, content.manifest(i).digest(), content.manifest(i));
        }
        return (each, number) -> {
            Manifest manifest = content.manifest(number);
            each.pullManifest(Content.IMAGES, manifest.digest(), manifest);
        };
    }

    private Operation pullImage(Server server, RegistryCalls calls) throws IOException {
        for (Blob layer : content.layered().layers()) {
            calls.verifyBlob(Content.IMAGE, layer);
        }
        return (each, number) -> {
            each.pullManifest(Content.IMAGE, Content.IMAGE_TAG, content.layered());
            for (Blob layer : content.layered().layers()) {
                each.pullBlob(Content.IMAGE, layer);
            }
        };
    }

    /** Deletes manifests that were pushed for it, each with a tag, among the tags that are there to be read. */
    private Operation delete(Server server, RegistryCalls calls) throws IOException {
        long first = content.fresh(scale.deletions());
        List<Manifest> doomed = new ArrayList<>();
        for (int i = 0; i < scale.deletions(); i++) {
            Manifest manifest = content.image(first + i);
            calls.putManifest(Content.IMAGES, "d" + (first + i), manifest);
            doomed.add(manifest);
        }
        return (each, number) -> each.deleteManifest(Content.IMAGES, doomed.get(number));
    }
}

package io.longshore.registry.it.access;

import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import io.longshore.registry.it.protocol.Upload;
import io.longshore.registry.model.Digest;
import java.util.Optional;
import java.util.UUID;

/**
 * A repository with an image, or the name of one that is not there. What requests take away is made anew for each.
 *
 * @param keeper the repository as somebody sees it who may everything in it
 * @param exists whether it is there
 * @param source another repository, of the same visibility and there
 */
record Fixture(
        AccessServer server, Repository keeper, boolean exists, Repository source, TestManifest image, byte[] blob) {

    /** @param folder {@code public} or {@code private} */
    static Fixture existing(AccessServer server, String folder) {
        byte[] blob = TestContent.bytes(100);
        Repository repository = repository(server, folder);
        repository.push(blob);
        TestManifest image = repository.pushImage("v1");
        Repository source = repository(server, folder);
        source.pushImage("v1");
        return new Fixture(server, repository, true, source, image, blob);
    }

    /** One with the content of this one, and without being there. */
    Fixture missing(String folder) {
        return new Fixture(server, repository(server, folder), false, source, image, blob);
    }

    private static Repository repository(AccessServer server, String folder) {
        return new Repository(server.as(Account.KEEPER), folder + '/' + TestContent.newName("matrix"));
    }

    String name() {
        return keeper.name();
    }

    Digest blobDigest() {
        return TestContent.sha256(blob);
    }

    /** A blob that is in the other repository alone. */
    Digest foreignBlob() {
        return source.push(TestContent.bytes(50));
    }

    /** The digest of a manifest that may be deleted. */
    Object doomedDigest() {
        return exists ? keeper.pushImage("doomed").digest() : image.digest();
    }

    String doomedTag() {
        if (exists) {
            keeper.push("doomed", image);
        }
        return "doomed";
    }

    Digest doomedBlob() {
        return exists ? keeper.push(TestContent.bytes(20)) : blobDigest();
    }

    /** The location of an upload that this one has begun; one that never was, for nobody or where nothing is there. */
    String upload(Optional<Http> owner) {
        return owner.isPresent() && exists
                ? Upload.start(owner.get(), new Repository(owner.get(), name())).location()
                : keeper.uploads() + UUID.randomUUID();
    }
}

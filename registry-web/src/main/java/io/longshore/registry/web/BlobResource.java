package io.longshore.registry.web;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.mirror.MirroredBlob;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.access.Needs;
import io.longshore.registry.web.condition.ETag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * Blobs (OCI distribution-spec, end-2, end-10). Not {@code blobs/uploads/}: JAX-RS would come here with each method
 * that {@link UploadsResource} does not have, in place of refusing it.
 */
@Path("{name: .+}/blobs/{digest: (?!uploads(?:/|$))[^/]+}")
public final class BlobResource {
    private final BlobService blobs;
    private final Mirror mirror;
    private final Deletion deletion;
    private final boolean redirects;

    /** @param redirects whether clients are sent to the storage where it gives addresses */
    public BlobResource(BlobService blobs, Mirror mirror, Deletion deletion, boolean redirects) {
        this.blobs = blobs;
        this.mirror = mirror;
        this.deletion = deletion;
        this.redirects = redirects;
    }

    @GET
    @Needs(Action.PULL)
    public Response get(
            @PathParam("name") String name,
            @PathParam("digest") String digestText,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known,
            @HeaderParam(Headers.RANGE) String range,
            @HeaderParam("If-Range") String ifRange)
            throws IOException {
        Digest digest = Digest.parse(digestText);
        RepositoryName repository = RepositoryName.parse(name);
        if (ETag.of(digest).isIn(known)) {
            mirror.sizeOf(repository, digest);
            return notModified(digest);
        }
        MirroredBlob blob = mirror.blob(repository, digest);
        Optional<URI> elsewhere = redirects && blob.isStored() ? blobs.address(digest) : Optional.empty();
        if (elsewhere.isPresent()) {
            return redirect(elsewhere.get(), digest);
        }
        BlobReply reply = new BlobReply(digest, blob.sizeBytes(), blob.opener()::at);
        return reply.to(ETag.of(digest).permitsRange(ifRange) ? range : null);
    }

    @HEAD
    @Needs(Action.PULL)
    public Response head(
            @PathParam("name") String name,
            @PathParam("digest") String digestText,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known) {
        Digest digest = Digest.parse(digestText);
        long sizeBytes = mirror.sizeOf(RepositoryName.parse(name), digest);
        // With 304 too: without them, Jersey makes up a type, and the server a length of 0.
        return BlobReply.described(ETag.of(digest).isIn(known) ? Response.notModified() : Response.ok(), digest)
                .header(HttpHeaders.CONTENT_TYPE, MediaTypes.OCTET_STREAM)
                .header(HttpHeaders.CONTENT_LENGTH, sizeBytes)
                .build();
    }

    /** Not to be cached, unlike the blob: the address is good for a while only. */
    private static Response redirect(URI elsewhere, Digest digest) {
        return Response.temporaryRedirect(elsewhere)
                .header(Headers.DIGEST, digest)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_LENGTH, 0)
                .build();
    }

    private static Response notModified(Digest digest) {
        return BlobReply.described(Response.notModified(), digest).build();
    }

    @DELETE
    @Needs(Action.DELETE)
    public Response delete(
            @PathParam("name") String name, @PathParam("digest") String digest, @Context HttpServletRequest request) {
        Actor actor = Caller.of(request).actor();
        return deletion.answer(
                "GET, HEAD", () -> blobs.delete(actor, RepositoryName.parse(name), Digest.parse(digest)));
    }
}

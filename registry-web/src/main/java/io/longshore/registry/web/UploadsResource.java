package io.longshore.registry.web;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.upload.UploadId;
import io.longshore.registry.upload.UploadService;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.access.Needs;
import io.longshore.registry.web.location.Locations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;

/** Begins uploads, receives blobs in a single request, and mounts (OCI distribution-spec, end-4, end-11). */
@Path("{name: .+}/blobs/uploads{slash: /?}")
public final class UploadsResource {
    private final UploadService uploads;
    private final BlobService blobs;
    private final Locations locations;

    public UploadsResource(UploadService uploads, BlobService blobs, Locations locations) {
        this.uploads = uploads;
        this.blobs = blobs;
        this.locations = locations;
    }

    @POST
    @Needs(Action.PUSH)
    public Response post(
            @PathParam("name") String name,
            @QueryParam("mount") String mount,
            @QueryParam("from") String from,
            @QueryParam("digest") String digestText,
            @QueryParam("digest-algorithm") String algorithm,
            @Context HttpServletRequest request)
            throws IOException {
        RepositoryName repository = RepositoryName.parse(name);
        if (mount != null) {
            return mounted(repository, Digest.parse(mount), Optional.ofNullable(from), request);
        }
        if (digestText != null) {
            Digest digest = Digest.parse(digestText);
            uploads.push(Caller.of(request).actor(), repository, UploadReply.body(request), digest);
            return UploadReply.created(locations.blob(request, repository, digest), digest);
        }
        return started(
                repository,
                algorithm == null ? DigestAlgorithm.SHA256 : DigestAlgorithm.parse(algorithm),
                request);
    }

    private Response mounted(
            RepositoryName repository, Digest digest, Optional<String> from, HttpServletRequest request) {
        return isMounted(Caller.of(request), repository, digest, from.map(RepositoryName::parse))
                ? UploadReply.created(locations.blob(request, repository, digest), digest)
                : started(repository, digest.algorithm(), request);
    }

    /** A blob that the caller may not pull is treated as one that is not there: then it has to be pushed. */
    private boolean isMounted(
            Caller caller, RepositoryName repository, Digest digest, Optional<RepositoryName> from) {
        return from.isPresent()
                ? caller.permissions().allow(from.get(), Action.PULL)
                        && blobs.mount(caller.actor(), repository, digest, from.get())
                : blobs.mount(caller.actor(), repository, digest, caller.pullable());
    }

    private Response started(RepositoryName repository, DigestAlgorithm algorithm, HttpServletRequest request) {
        UploadId id = uploads.start(Caller.of(request).actor(), repository, algorithm);
        return UploadReply.progress(
                        Response.status(Response.Status.ACCEPTED), locations.upload(request, repository, id), id, 0)
                .header(HttpHeaders.CONTENT_LENGTH, 0)
                .build();
    }
}

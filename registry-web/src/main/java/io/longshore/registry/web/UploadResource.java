package io.longshore.registry.web;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.upload.ChunkRange;
import io.longshore.registry.upload.UploadId;
import io.longshore.registry.upload.UploadService;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.access.Needs;
import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import io.longshore.registry.web.location.Locations;
import io.longshore.registry.web.range.ContentRange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Optional;

/** An upload under way (OCI distribution-spec, end-5, end-6, end-13, end-14). */
@Path("{name: .+}/blobs/uploads/{id: [^/]+}")
public final class UploadResource {
    private final UploadService uploads;
    private final Locations locations;

    public UploadResource(UploadService uploads, Locations locations) {
        this.uploads = uploads;
        this.locations = locations;
    }

    /** Answers HEAD too. */
    @GET
    @Needs(Action.PUSH)
    public Response status(
            @PathParam("name") String name, @PathParam("id") String idText, @Context HttpServletRequest request) {
        RepositoryName repository = RepositoryName.parse(name);
        UploadId id = UploadId.parse(idText);
        long sizeBytes = uploads.status(Caller.of(request).actor(), repository, id);
        return UploadReply.progress(Response.noContent(), locations.upload(request, repository, id), id, sizeBytes)
                .build();
    }

    @PATCH
    @Needs(Action.PUSH)
    public Response append(
            @PathParam("name") String name,
            @PathParam("id") String idText,
            @HeaderParam(Headers.CONTENT_RANGE) String range,
            @Context HttpServletRequest request)
            throws IOException {
        RepositoryName repository = RepositoryName.parse(name);
        UploadId id = UploadId.parse(idText);
        String location = locations.upload(request, repository, id);
        Actor actor = Caller.of(request).actor();
        try {
            long sizeBytes = uploads.append(actor, repository, id, chunk(range), UploadReply.body(request));
            return UploadReply.progress(Response.accepted(), location, id, sizeBytes)
                    .header(HttpHeaders.CONTENT_LENGTH, 0)
                    .build();
        } catch (RegistryException.OutOfOrder e) {
            return outOfOrder(e, location, id, request);
        }
    }

    @PUT
    @Needs(Action.PUSH)
    public Response finish(
            @PathParam("name") String name,
            @PathParam("id") String idText,
            @QueryParam("digest") String digestText,
            @HeaderParam(Headers.CONTENT_RANGE) String range,
            @Context HttpServletRequest request)
            throws IOException {
        RepositoryName repository = RepositoryName.parse(name);
        UploadId id = UploadId.parse(idText);
        Digest digest = digest(digestText);
        Actor actor = Caller.of(request).actor();
        try {
            uploads.finish(actor, repository, id, chunk(range), UploadReply.body(request), digest);
            return UploadReply.created(locations.blob(request, repository, digest), digest);
        } catch (RegistryException.OutOfOrder e) {
            return outOfOrder(e, locations.upload(request, repository, id), id, request);
        }
    }

    @DELETE
    @Needs(Action.PUSH)
    public Response cancel(
            @PathParam("name") String name, @PathParam("id") String id, @Context HttpServletRequest request)
            throws IOException {
        uploads.cancel(Caller.of(request).actor(), RepositoryName.parse(name), UploadId.parse(id));
        return Response.noContent().build();
    }

    private static Digest digest(String text) {
        if (text == null) {
            throw new RegistryException.Invalid(
                    ErrorCode.DIGEST_INVALID, "closing an upload needs its digest: ?digest=sha256:…", "");
        }
        return Digest.parse(text);
    }

    private static Optional<ChunkRange> chunk(String range) {
        return Optional.ofNullable(range).map(ContentRange::parse);
    }

    private static Response outOfOrder(
            RegistryException.OutOfOrder answer, String location, UploadId id, HttpServletRequest request) {
        return UploadReply.progress(
                        RegistryExceptionMapper.reply(Failure.of(answer), request.getMethod()),
                        location,
                        id,
                        answer.sizeBytes())
                .build();
    }
}

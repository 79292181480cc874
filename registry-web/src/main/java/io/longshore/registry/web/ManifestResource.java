package io.longshore.registry.web;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.manifest.ManifestHead;
import io.longshore.registry.manifest.ManifestService.Pushed;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.StoredManifest;
import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.mirror.Pulled;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.permission.Action;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.access.Needs;
import io.longshore.registry.web.body.BodyRoom;
import io.longshore.registry.web.body.LimitedBody;
import io.longshore.registry.web.condition.ETag;
import io.longshore.registry.web.location.Locations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;

/**
 * Manifests by tag and by digest (OCI distribution-spec, end-3, end-7, end-9). Served as stored, whatever the client
 * says it accepts: other bytes would have another digest.
 */
@Path("{name: .+}/manifests/{reference: [^/]+}")
public final class ManifestResource {
    private static final String IF_NONE_MATCH = HttpHeaders.IF_NONE_MATCH;

    private final ManifestService manifests;
    private final Mirror mirror;
    private final TagService tags;
    private final Locations locations;
    private final Deletion deletion;
    private final LimitedBody body;

    /** @param body reads the manifests that are pushed */
    public ManifestResource(
            ManifestService manifests, Mirror mirror, TagService tags, Locations locations, Deletion deletion,
            LimitedBody body) {
        this.manifests = manifests;
        this.mirror = mirror;
        this.tags = tags;
        this.locations = locations;
        this.deletion = deletion;
        this.body = body;
    }

    @GET
    @Needs(Action.PULL)
    public Response get(
            @PathParam("name") String name,
            @PathParam("reference") String reference,
            @HeaderParam(IF_NONE_MATCH) String known) {
        RepositoryName repository = RepositoryName.parse(name);
        Reference wanted = Reference.parse(reference);
        Pulled<StoredManifest> pulled =
                mirror.manifest(repository, wanted, () -> manifests.get(repository, wanted));
        StoredManifest manifest = pulled.content();
        if (ETag.of(manifest.digest()).isIn(known)) {
            return described(Response.notModified(), manifest.digest(), pulled).build();
        }
        return described(Response.ok(manifest.content()), manifest.digest(), pulled)
                .header(HttpHeaders.CONTENT_TYPE, manifest.mediaType())
                .header(HttpHeaders.CONTENT_LENGTH, manifest.content().length)
                .build();
    }

    @HEAD
    @Needs(Action.PULL)
    public Response head(
            @PathParam("name") String name,
            @PathParam("reference") String reference,
            @HeaderParam(IF_NONE_MATCH) String known) {
        RepositoryName repository = RepositoryName.parse(name);
        Reference wanted = Reference.parse(reference);
        Pulled<ManifestHead> pulled = mirror.head(repository, wanted, () -> manifests.head(repository, wanted));
        ManifestHead manifest = pulled.content();
        // With 304 too: without them, Jersey makes up a type, and the server a length of 0.
        return described(
                        ETag.of(manifest.digest()).isIn(known) ? Response.notModified() : Response.ok(),
                        manifest.digest(), pulled)
                .header(HttpHeaders.CONTENT_TYPE, manifest.mediaType())
                .header(HttpHeaders.CONTENT_LENGTH, manifest.sizeBytes())
                .build();
    }

    private static Response.ResponseBuilder described(
            Response.ResponseBuilder response, Digest digest, Pulled<?> pulled) {
        pulled.warnings().forEach(text -> response.header(Headers.WARNING, Headers.warning(text)));
        return response.header(Headers.DIGEST, digest).header(HttpHeaders.ETAG, ETag.of(digest));
    }

    @PUT
    @Needs(Action.PUSH)
    public Response put(
            @PathParam("name") String name,
            @PathParam("reference") String reference,
            @QueryParam("tag") List<String> tagNames,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @Context HttpServletRequest request)
            throws IOException {
        RepositoryName repository = RepositoryName.parse(name);
        Reference target = Reference.parse(reference);
        List<Tag> wanted = PushTags.parse(tagNames);
        Actor actor = Caller.of(request).actor();
        Pushed pushed;
        try (BodyRoom.Place place = body.place()) {
            pushed = push(actor, repository, target, wanted, body.read(request, place), contentType);
        }
        Response.ResponseBuilder response = Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, locations.manifest(request, repository, pushed.digest()))
                .header(Headers.DIGEST, pushed.digest())
                .header(HttpHeaders.CONTENT_LENGTH, 0);
        pushed.manifest().subject().ifPresent(subject -> response.header(Headers.SUBJECT, subject.digest()));
        PushTags.headerValues(wanted).forEach(value -> response.header(Headers.TAG, value));
        return response.build();
    }

    private Pushed push(
            Actor actor,
            RepositoryName repository,
            Reference target,
            List<Tag> wanted,
            byte[] content,
            String contentType) {
        if (target instanceof Digest digest) {
            return manifests.push(actor, repository, digest, wanted, content, contentType);
        }
        checkNoTags(wanted);
        return manifests.push(actor, repository, (Tag) target, content, contentType);
    }

    private static void checkNoTags(List<Tag> tags) {
        if (!tags.isEmpty()) {
            throw new RegistryException.Invalid(
                    ErrorCode.TAG_INVALID, "tag parameters go with a push by digest, not by tag", "");
        }
    }

    @DELETE
    @Needs(Action.DELETE)
    public Response delete(
            @PathParam("name") String name,
            @PathParam("reference") String reference,
            @Context HttpServletRequest request) {
        Actor actor = Caller.of(request).actor();
        return deletion.answer(
                "GET, HEAD, PUT", () -> delete(actor, RepositoryName.parse(name), Reference.parse(reference)));
    }

    private void delete(Actor actor, RepositoryName repository, Reference target) {
        if (target instanceof Digest digest) {
            manifests.delete(actor, repository, digest);
        } else {
            tags.delete(actor, repository, (Tag) target);
        }
    }
}

package io.longshore.registry.web.admin;

import io.longshore.registry.config.UpstreamRules;
import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.mirror.Upstreams;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** Registries that are mirrored. Those of the configuration are shown, and cannot be changed here. */
@Path("mirrors")
@Produces(MediaType.APPLICATION_JSON)
public final class MirrorsResource {
    private static final String PATH = "/api/v1/mirrors/";

    private final Upstreams upstreams;
    private final Mirror mirror;

    public MirrorsResource(Upstreams upstreams, Mirror mirror) {
        this.upstreams = upstreams;
        this.mirror = mirror;
    }

    /** All upstreams. */
    public record MirrorList(List<MirrorJson> mirrors) {}

    /** How many manifests and blobs were removed. */
    public record DroppedJson(long dropped) {}

    private record Made(String name, MirrorSettings settings) {}

    private static Made made(Fields fields) {
        return new Made(
                fields.optional("name", UpstreamRules::name)
                        .orElseThrow(() -> fields.refusal("name", "expected it to be there")),
                MirrorSettings.read(fields));
    }

    @GET
    public MirrorList list() {
        return new MirrorList(upstreams.list().stream().map(MirrorJson::of).toList());
    }

    @POST
    public Response create(JsonBody body, @Context HttpServletRequest request) {
        Made made = body.as(MirrorsResource::made);
        upstreams.create(Caller.of(request).actor(), made.settings().made(made.name()));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, PATH + made.name())
                .entity(get(made.name()))
                .build();
    }

    @GET
    @Path("{name}")
    public MirrorJson get(@PathParam("name") String name) {
        return MirrorJson.of(upstreams.get(name));
    }

    @PUT
    @Path("{name}")
    public MirrorJson change(@PathParam("name") String name, JsonBody body, @Context HttpServletRequest request) {
        MirrorSettings settings = body.as(MirrorSettings::read);
        upstreams.change(Caller.of(request).actor(), name, before -> settings.changed(name, before));
        return get(name);
    }

    @DELETE
    @Path("{name}")
    public void delete(@PathParam("name") String name, @Context HttpServletRequest request) {
        upstreams.delete(Caller.of(request).actor(), name);
    }

    /** Removes what was fetched: of a repository, by its name here, or all; one digest, or all. */
    @DELETE
    @Path("{name}/content")
    public DroppedJson drop(
            @PathParam("name") String name,
            @QueryParam("repository") String repository,
            @QueryParam("digest") String digest,
            @Context HttpServletRequest request) {
        return new DroppedJson(mirror.drop(
                Caller.of(request).actor(), name, Optional.ofNullable(repository).map(RepositoryName::parse),
                Optional.ofNullable(digest).map(Digest::parse)));
    }
}

package io.longshore.registry.web.admin;

import io.longshore.registry.config.EndpointRules;
import io.longshore.registry.config.Secret;
import io.longshore.registry.notification.Endpoint;
import io.longshore.registry.notification.Endpoints;
import io.longshore.registry.notification.http.Signature;
import io.longshore.registry.notification.http.TargetRules;
import io.longshore.registry.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Endpoints of webhooks. Those of the configuration are shown and can be paused, and cannot be changed here. */
@Path("webhooks")
@Produces(MediaType.APPLICATION_JSON)
public final class WebhooksResource {
    static final String PATH = "/api/v1/webhooks";

    private final Endpoints endpoints;
    private final SecureRandom random = new SecureRandom();
    private final TargetRules targets;

    /** @param targets where those that are made here may be */
    public WebhooksResource(Endpoints endpoints, TargetRules targets) {
        this.endpoints = endpoints;
        this.targets = targets;
    }

    /** All endpoints. */
    public record WebhookList(List<WebhookJson> webhooks) {}

    private record Made(String name, WebhookSettings settings) {}

    private Made made(Fields fields) {
        return new Made(
                fields.optional("name", WebhooksResource::name)
                        .orElseThrow(() -> fields.refusal("name", "expected it to be there")),
                settings(fields));
    }

    private WebhookSettings settings(Fields fields) {
        return WebhookSettings.read(fields, targets);
    }

    /** As in the configuration, but for what cannot stand in an address. */
    private static String name(String text) {
        if (text.indexOf('/') >= 0 || text.indexOf('\\') >= 0 || Set.of(".", "..").contains(text)) {
            throw new IllegalArgumentException("expected a name without slashes, and other than \".\" and \"..\"");
        }
        return EndpointRules.name(text);
    }

    /** The path of an endpoint, whatever it is called. */
    static String path(String name) {
        return PATH + '/' + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @GET
    public WebhookList list() {
        return new WebhookList(endpoints.list().stream().map(WebhookJson::of).toList());
    }

    @POST
    public Response create(JsonBody body, @Context HttpServletRequest request) {
        Made made = body.as(this::made);
        Secret fresh = Signature.secret(random);
        Endpoint endpoint = made.settings().made(made.name(), fresh);
        endpoints.create(Caller.of(request).actor(), endpoint);
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, path(made.name()))
                .entity(shown(endpoint, fresh))
                .build();
    }

    @GET
    @Path("{name}")
    public WebhookJson get(@PathParam("name") String name) {
        return WebhookJson.of(endpoints.get(name));
    }

    @PUT
    @Path("{name}")
    public WebhookJson change(@PathParam("name") String name, JsonBody body, @Context HttpServletRequest request) {
        WebhookSettings settings = body.as(this::settings);
        Secret fresh = Signature.secret(random);
        return shown(
                endpoints.change(
                        Caller.of(request).actor(), name, before -> settings.changed(name, before, fresh)),
                fresh);
    }

    private WebhookJson shown(Endpoint endpoint, Secret fresh) {
        return WebhookJson.of(
                endpoints.get(endpoint.name()), Optional.of(fresh).filter(endpoint.secrets()::contains));
    }

    @DELETE
    @Path("{name}")
    public void delete(@PathParam("name") String name, @Context HttpServletRequest request) {
        endpoints.delete(Caller.of(request).actor(), name);
    }

    @POST
    @Path("{name}/pause")
    public void pause(@PathParam("name") String name, @Context HttpServletRequest request) {
        endpoints.pause(Caller.of(request).actor(), name, true);
    }

    @POST
    @Path("{name}/resume")
    public void resume(@PathParam("name") String name, @Context HttpServletRequest request) {
        endpoints.pause(Caller.of(request).actor(), name, false);
    }
}

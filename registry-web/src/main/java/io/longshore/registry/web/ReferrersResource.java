package io.longshore.registry.web;

import io.longshore.registry.database.Slice;
import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.mirror.Pulled;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.referrer.Referrer;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.web.access.Needs;
import io.longshore.registry.web.page.NextLink;
import io.longshore.registry.web.page.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Lists the manifests that refer to a subject (OCI distribution-spec, end-12). */
@Path("{name: .+}/referrers/{digest: [^/]+}")
public final class ReferrersResource {
    private final ReferrerService referrers;
    private final Mirror mirror;
    private final int mostEntries;

    /** @param mostEntries on a page, whatever the client asks for */
    public ReferrersResource(ReferrerService referrers, Mirror mirror, int mostEntries) {
        this.referrers = referrers;
        this.mirror = mirror;
        this.mostEntries = mostEntries;
    }

    @GET
    @Needs(Action.PULL)
    public Response list(
            @PathParam("name") String name,
            @PathParam("digest") String digest,
            @QueryParam("artifactType") String artifactType,
            @QueryParam("n") String n,
            @QueryParam("last") String last) {
        RepositoryName repository = RepositoryName.parse(name);
        Digest subject = Digest.parse(digest);
        checkText(artifactType);
        Page page = Page.parse(n, last, mostEntries);
        Optional<Digest> after = page.last().isEmpty() ? Optional.empty() : Optional.of(Digest.parse(page.last()));
        Optional<String> type = Optional.ofNullable(artifactType);
        Pulled<Slice<Referrer>> pulled = mirror.referrers(
                repository, subject, type, after, page.limit(),
                () -> referrers.list(repository, subject, type, after, page.limit()));
        Slice<Referrer> found = pulled.content();
        byte[] body = JsonBody.index(found.items());
        Response.ResponseBuilder response = Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, MediaTypes.OCI_INDEX)
                .header(HttpHeaders.CONTENT_LENGTH, body.length);
        pulled.warnings().forEach(text -> response.header(Headers.WARNING, Headers.warning(text)));
        if (artifactType != null) {
            response.header(Headers.FILTERS_APPLIED, "artifactType");
        }
        if (found.more() && page.limit() > 0) {
            response.header(Headers.LINK, next(repository, subject, found, page, artifactType));
        }
        return response.build();
    }

    private static void checkText(String artifactType) {
        if (artifactType != null && artifactType.indexOf('\0') >= 0) {
            throw new RegistryException.Invalid(
                    ErrorCode.MANIFEST_INVALID, "an artifact type holds no character NUL", "");
        }
    }

    private static NextLink next(
            RepositoryName repository, Digest subject, Slice<Referrer> found, Page page, String artifactType) {
        String last = found.items().get(found.items().size() - 1).digest().toString();
        NextLink link = NextLink.of("/v2/" + repository + "/referrers/" + subject, last, page.limit());
        return artifactType == null ? link : link.and("artifactType", artifactType);
    }
}

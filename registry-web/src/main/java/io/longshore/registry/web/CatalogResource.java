package io.longshore.registry.web;

import io.longshore.registry.database.Slice;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.access.NeedsNoRepository;
import io.longshore.registry.web.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** Lists the repositories that may be seen: distribution's {@code _catalog}, which the OCI specification leaves out. */
@Path("_catalog")
public final class CatalogResource {
    private final Catalog catalog;
    private final int mostEntries;

    /** @param mostEntries on a page, whatever the client asks for */
    public CatalogResource(Catalog catalog, int mostEntries) {
        this.catalog = catalog;
        this.mostEntries = mostEntries;
    }

    @GET
    @NeedsNoRepository
    public Response list(
            @QueryParam("n") String n, @QueryParam("last") String last, @Context HttpServletRequest request) {
        Caller caller = Caller.of(request);
        caller.requireCatalog();
        Page page = Page.parse(n, last, mostEntries);
        Slice<RepositoryName> found = catalog.list(caller.permissions().visible(), page.last(), page.limit());
        return ListReply.of(JsonBody.repositories(found.items()), found, page, "/v2/_catalog");
    }
}

package io.longshore.registry.web;

import io.longshore.registry.database.Slice;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.permission.Action;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.web.access.Needs;
import io.longshore.registry.web.page.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/** Lists the tags of a repository (OCI distribution-spec, end-8). */
@Path("{name: .+}/tags/list")
public final class TagsResource {
    private final TagService tags;
    private final int mostEntries;

    /** @param mostEntries on a page, whatever the client asks for */
    public TagsResource(TagService tags, int mostEntries) {
        this.tags = tags;
        this.mostEntries = mostEntries;
    }

    @GET
    @Needs(Action.PULL)
    public Response list(@PathParam("name") String name, @QueryParam("n") String n, @QueryParam("last") String last) {
        RepositoryName repository = RepositoryName.parse(name);
        Page page = Page.parse(n, last, mostEntries);
        Slice<Tag> found = tags.list(repository, page.last(), page.limit());
        return ListReply.of(
                JsonBody.tags(repository.value(), found.items()), found, page, "/v2/" + repository + "/tags/list");
    }
}

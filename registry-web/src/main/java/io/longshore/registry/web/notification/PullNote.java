package io.longshore.registry.web.notification;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.notification.Pull;
import io.longshore.registry.notification.Pulls;
import io.longshore.registry.web.access.Caller;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Notes that a manifest or blob is about to be sent, or a part of it, or the address where it is to be had. */
final class PullNote implements ContainerResponseFilter {
    private static final int REDIRECT = 307;
    private static final String DIGEST = "Docker-Content-Digest";

    private final Pulls pulls;
    private final EventAction action;

    PullNote(Pulls pulls, EventAction action) {
        this.pulls = pulls;
        this.action = action;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        boolean isPull = response.getStatus() == REDIRECT || response.getStatus() / 100 == 2;
        if (isPull && pulls.areWanted(action)) {
            pulls.add(pull(request, response));
        }
    }

    private Pull pull(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, String> path = request.getUriInfo().getPathParameters();
        Optional<Tag> tag = Optional.ofNullable(path.getFirst("reference"))
                .map(Reference::parse)
                .filter(Tag.class::isInstance)
                .map(Tag.class::cast);
        boolean isBlob = action == EventAction.BLOB_PULL;
        return new Pull(
                Instant.now(),
                Caller.of(request).actor(),
                action,
                RepositoryName.parse(path.getFirst("name")),
                tag,
                Digest.parse(response.getHeaderString(DIGEST)),
                isBlob ? MediaTypes.OCTET_STREAM : response.getHeaderString(HttpHeaders.CONTENT_TYPE),
                response.getStatus() == 200 ? length(response) : total(response),
                manifest(response));
    }

    /** The bytes alone: they are parsed when the answer is on its way. */
    private Optional<byte[]> manifest(ContainerResponseContext response) {
        boolean isTold = action == EventAction.MANIFEST_PULL && pulls.isContentWanted(action);
        return isTold && response.getEntity() instanceof byte[] bytes ? Optional.of(bytes) : Optional.empty();
    }

    private static OptionalLong length(ContainerResponseContext response) {
        return number(response.getHeaderString(HttpHeaders.CONTENT_LENGTH));
    }

    /** {@code Content-Range: bytes 0-9/100} has the size of the whole (RFC 9110, section 14.4). */
    private static OptionalLong total(ContainerResponseContext response) {
        String range = response.getHeaderString("Content-Range");
        return range == null ? OptionalLong.empty() : number(range.substring(range.indexOf('/') + 1));
    }

    private static OptionalLong number(String text) {
        return text != null && text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}

package io.longshore.registry.web.mirror;

import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Understands clients that mean a repository of another registry, and say so by {@code ns} (OCI distribution-spec,
 * "Registry Proxying"): from here on, the request is one for what the repository is called here. Where nothing is
 * mirrored, the parameter is ignored.
 */
@PreMatching
public final class NamespaceFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String PARAMETER = "ns";
    private static final String HEADER = "OCI-Namespace";
    private static final String MEANT = NamespaceFilter.class.getName();

    /** From the right, as names may hold these words. */
    private static final Pattern REPOSITORY =
            Pattern.compile("(.+)/((?:manifests|blobs|referrers)/[^/]+|tags/list|blobs/uploads/[^/]*)/?");

    private final Mirror mirror;
    private final Optional<String> ownName;

    /** @param ownName the host, perhaps with a port, by which clients know this registry itself */
    public NamespaceFilter(Mirror mirror, Optional<String> ownName) {
        this.mirror = mirror;
        this.ownName = ownName;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        String namespace = uri.getQueryParameters().getFirst(PARAMETER);
        if (namespace == null || !mirror.hasUpstreams() || isOwn(namespace, request)) {
            return;
        }
        Matcher path = REPOSITORY.matcher(uri.getPath(false));
        if (!path.matches()) {
            return;
        }
        try {
            RepositoryName there = RepositoryName.parse(URLDecoder.decode(path.group(1), StandardCharsets.UTF_8));
            RepositoryName here = mirror.localName(namespace, there);
            request.setProperty(MEANT, namespace);
            request.setRequestUri(uri.getBaseUri(), renamed(uri, here, path.group(2)));
        } catch (RegistryException refused) {
            request.abortWith(RegistryExceptionMapper.reply(Failure.of(refused), request.getMethod()).build());
        }
    }

    private boolean isOwn(String namespace, ContainerRequestContext request) {
        return Stream.concat(ownName.stream(), Stream.ofNullable(request.getHeaderString("Host")))
                .anyMatch(namespace::equalsIgnoreCase);
    }

    private static URI renamed(UriInfo uri, RepositoryName here, String rest) {
        String query = uri.getRequestUri().getRawQuery();
        return URI.create(uri.getBaseUri().toString() + here + '/' + rest + (query == null ? "" : '?' + query));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Optional.ofNullable(request.getProperty(MEANT))
                .ifPresent(namespace -> response.getHeaders().putSingle(HEADER, namespace));
    }
}

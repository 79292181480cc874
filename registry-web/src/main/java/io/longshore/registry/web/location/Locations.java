package io.longshore.registry.web.location;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.upload.UploadId;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;

/**
 * Makes locations: paths, or whole URLs for clients that cannot resolve a path. Thread-safe.
 *
 * <p>A path is right behind every proxy. A URL begins with what is configured, or else with what the request says was
 * asked for: {@code Forwarded} (RFC 7239), {@code X-Forwarded-*}, {@code Host}.
 */
public final class Locations {
    private final boolean relative;
    private final Optional<String> origin;

    /**
     * @param relative whether locations are paths
     * @param host scheme and authority that URLs begin with, whatever the request says
     */
    public Locations(boolean relative, Optional<URI> host) {
        this.relative = relative;
        this.origin = host.map(URI::toString).map(Locations::withoutSlash);
    }

    public String manifest(HttpServletRequest request, RepositoryName repository, Digest digest) {
        return of(request, "/v2/" + repository + "/manifests/" + digest);
    }

    public String blob(HttpServletRequest request, RepositoryName repository, Digest digest) {
        return of(request, "/v2/" + repository + "/blobs/" + digest);
    }

    public String upload(HttpServletRequest request, RepositoryName repository, UploadId id) {
        return of(request, "/v2/" + repository + "/blobs/uploads/" + id);
    }

    /** A URL of this registry, whatever locations are otherwise. */
    public String absolute(HttpServletRequest request, String path) {
        return origin.orElseGet(() -> Origin.of(request)) + path;
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private String of(HttpServletRequest request, String path) {
        return relative ? path : absolute(request, path);
    }
}

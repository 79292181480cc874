package io.longshore.registry.client;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Quoted;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What people write to name an image, {@code [host[:port]/]name[:tag][@digest]}, by Docker's rules: what comes before
 * the first slash is a host if it has a dot, a colon or an upper-case letter in it, or is {@code localhost}; without a
 * host, it is Docker Hub's, where a name of one component is in {@code library/}. Immutable.
 *
 * <pre>{@code
 * ImageName image = ImageName.parse("alpine:3.20");
 * RegistryClient registry = RegistryClient.builder(image.host()).build();
 * Manifests manifests = registry.repository(image.repository()).manifests();
 * RawManifest manifest = manifests.get(image.reference());
 * }</pre>
 *
 * @param host in lower case, with its port if one was written; {@code docker.io} for all names of Docker Hub
 */
public record ImageName(String host, RepositoryName repository, Optional<Tag> tag, Optional<Digest> digest) {
    private static final Tag LATEST = new Tag("latest");
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final Pattern HOST = Pattern.compile(
            "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[0-9a-fA-F:.]+])(?::(?<port>[0-9]{1,5}))?");
    private static final Pattern BARE_HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MAX_PORT = 65535;

    /**
     * @throws RegistryException.Invalid {@link ErrorCode#NAME_INVALID} if {@code host} is none
     */
    public ImageName {
        if (!isHost(host)) {
            throw invalid("this is no host, or host:port", host);
        }
        host = DockerHub.isName(host) ? DockerHub.NAME : host.toLowerCase(Locale.ROOT);
    }

    /**
     * Reads the name of an image, or of a repository.
     *
     * @throws RegistryException.Invalid {@link ErrorCode#NAME_INVALID}, {@link ErrorCode#TAG_INVALID} or {@link
     *     ErrorCode#DIGEST_INVALID}
     */
    public static ImageName parse(String text) {
        int at = text.indexOf('@');
        Optional<Digest> digest = at < 0 ? Optional.empty() : Optional.of(Digest.parse(text.substring(at + 1)));
        String named = at < 0 ? text : text.substring(0, at);
        int colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        Optional<Tag> tag = colon < 0 ? Optional.empty() : Optional.of(Tag.parse(named.substring(colon + 1)));
        String path = colon < 0 ? named : named.substring(0, colon);
        if (BARE_HASH.matcher(path).matches()) {
            throw invalid("a digest without its repository, or a name that looks like one, names no image", text);
        }
        int slash = path.indexOf('/');
        if (slash >= 0 && namesHost(path.substring(0, slash))) {
            return of(path.substring(0, slash), path.substring(slash + 1), tag, digest);
        }
        return of(DockerHub.NAME, path, tag, digest);
    }

    private static ImageName of(String host, String path, Optional<Tag> tag, Optional<Digest> digest) {
        boolean isOfLibrary = DockerHub.isName(host) && path.indexOf('/') < 0;
        RepositoryName repository = RepositoryName.parse(path);
        return new ImageName(host, isOfLibrary ? RepositoryName.parse("library/" + path) : repository, tag, digest);
    }

    private static boolean namesHost(String first) {
        return first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
    }

    private static boolean isHost(String host) {
        var matcher = HOST.matcher(host);
        return matcher.matches()
                && (matcher.group("port") == null || Integer.parseInt(matcher.group("port")) <= MAX_PORT);
    }

    private static RegistryException.Invalid invalid(String message, String text) {
        return new RegistryException.Invalid(ErrorCode.NAME_INVALID, message, Quoted.of(text));
    }

    /** What is meant: the digest if there is one, whatever the tag, else the tag, else {@code latest}. */
    public Reference reference() {
        return digest.isPresent() ? digest.get() : tag.orElse(LATEST);
    }

    /** Another image of the same repository: without what named this one. */
    public ImageName with(Reference other) {
        return other instanceof Digest that
                ? new ImageName(host, repository, Optional.empty(), Optional.of(that))
                : new ImageName(host, repository, Optional.of((Tag) other), Optional.empty());
    }

    /** The whole name, with the host; without {@code latest} if that was not written. */
    @Override
    public String toString() {
        return host + '/' + repository + tag.map(value -> ":" + value).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }
}

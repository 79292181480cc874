package io.longshore.registry.client.tool;

import io.longshore.registry.client.archive.ArchiveSource;
import io.longshore.registry.client.archive.ArchiveTarget;
import io.longshore.registry.client.copy.ContentTarget;
import io.longshore.registry.client.copy.LayoutContent;
import io.longshore.registry.client.copy.RegistryContent;
import io.longshore.registry.client.layout.OciLayout;
import io.longshore.registry.client.tool.Place.InDockerArchive;
import io.longshore.registry.client.tool.Place.InLayout;
import io.longshore.registry.client.tool.Place.InLayoutArchive;
import io.longshore.registry.client.tool.Place.InRegistry;
import io.longshore.registry.model.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens places. */
final class Places {
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final Session session;

    Places(Session session) {
        this.session = session;
    }

    /** Opens a place to read what is there. */
    Source source(Place place) throws IOException {
        if (place instanceof InRegistry registry) {
            String reference = registry.name().reference().toString();
            return new Source(
                    place, new RegistryContent(session.repository(registry.name())), reference,
                    registry.name().digest().isPresent() ? Optional.empty() : Optional.of(reference));
        }
        if (place instanceof InLayout layout) {
            OciLayout open = OciLayout.open(layout.folder());
            return new Source(
                    place, new LayoutContent(open), layout.name().orElse(""), layout.name().or(() -> only(open)));
        }
        if (place instanceof InLayoutArchive archive) {
            return archive(place, ArchiveSource.oci(archive.file()), archive.name());
        }
        InDockerArchive archive = (InDockerArchive) place;
        return archive(place, ArchiveSource.docker(archive.file()), archive.name());
    }

    /** The name of what is alone there. */
    private static Optional<String> only(OciLayout layout) {
        try {
            List<Descriptor> all = layout.manifests();
            return all.size() == 1 ? Optional.ofNullable(all.get(0).annotations().get(REF_NAME)) : Optional.empty();
        } catch (IOException e) {
            // It will be read, and fail, as soon as it is needed.
            return Optional.empty();
        }
    }

    private static Source archive(Place place, ArchiveSource archive, Optional<String> name) throws IOException {
        List<String> names = archive.names();
        Optional<String> only = names.size() == 1 ? Optional.of(names.get(0)) : Optional.empty();
        return new Source(place, archive, name.orElse(""), name.or(() -> only));
    }

    /** Opens a place to write there. A folder is made if there is none, an archive takes the place of what is there. */
    Target target(Place place) throws IOException {
        return new Target(place, content(place));
    }

    private ContentTarget content(Place place) throws IOException {
        if (place instanceof InRegistry registry) {
            if (registry.name().digest().isPresent()) {
                throw new UsageException("what is stored keeps its digest: name the target without one, not " + place);
            }
            return new RegistryContent(session.repository(registry.name()));
        }
        if (place instanceof InLayout layout) {
            return new LayoutContent(OciLayout.openOrCreate(layout.folder()));
        }
        Path file = place instanceof InLayoutArchive archive ? archive.file() : ((InDockerArchive) place).file();
        return place instanceof InLayoutArchive ? ArchiveTarget.oci(file) : ArchiveTarget.docker(file);
    }

    /** Opens the place of something to add what has no name there. */
    Target beside(Source source) throws IOException {
        if (source.place() instanceof InRegistry registry) {
            return new Target(source.place(), new RegistryContent(session.repository(registry.name())));
        }
        if (source.place() instanceof InLayout layout) {
            return new Target(source.place(), new LayoutContent(OciLayout.open(layout.folder())));
        }
        throw new UsageException(source.place() + ": nothing can be added to an archive; copy it to a folder first");
    }
}

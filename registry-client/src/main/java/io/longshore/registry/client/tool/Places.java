package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.LayoutContent;
import io.longshore.registry.client.copy.RegistryContent;
import io.longshore.registry.client.layout.OciLayout;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.util.List;

/** Opens places. */
final class Places {
    private final Session session;

    Places(Session session) {
        this.session = session;
    }

    /** Opens a place to read what is there. */
    Source source(Place place) throws IOException {
        if (place instanceof Place.InRegistry registry) {
            return new Source(
                    place, new RegistryContent(session.repository(registry.name())),
                    registry.name().reference().toString());
        }
        if (place instanceof Place.InLayout layout) {
            return new Source(place, new LayoutContent(OciLayout.open(layout.folder())), layout.name().orElse(""));
        }
        throw new UsageException(place + ": archives cannot be read yet");
    }

    /** Opens a place to write there. A folder is made if there is none. */
    Target target(Place place) throws IOException {
        if (place instanceof Place.InRegistry registry) {
            if (registry.name().digest().isPresent()) {
                throw new UsageException("what is stored keeps its digest: name the target without one, not " + place);
            }
            return new Target(
                    place, new RegistryContent(session.repository(registry.name())),
                    registry.name().tag().map(Tag::value).stream().toList());
        }
        if (place instanceof Place.InLayout layout) {
            return new Target(
                    place, new LayoutContent(OciLayout.openOrCreate(layout.folder())),
                    layout.name().map(List::of).orElse(List.of()));
        }
        throw new UsageException(place + ": archives cannot be written yet");
    }

    /** Opens the place of something to add what has no name there. */
    Target beside(Source source) throws IOException {
        if (source.place() instanceof Place.InRegistry registry) {
            return new Target(source.place(), new RegistryContent(session.repository(registry.name())), List.of());
        }
        if (source.place() instanceof Place.InLayout layout) {
            return new Target(source.place(), new LayoutContent(OciLayout.open(layout.folder())), List.of());
        }
        throw new UsageException(source.place() + ": nothing can be added to an archive; copy it to a folder first");
    }
}

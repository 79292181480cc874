package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.client.tool.Place.InDockerArchive;
import io.longshore.registry.client.tool.Place.InLayout;
import io.longshore.registry.client.tool.Place.InLayoutArchive;
import io.longshore.registry.client.tool.Place.InRegistry;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a copy is to be called in its target: as is said there; if nothing is, as it is called in its source. */
final class TargetNames {
    private TargetNames() {}

    /**
     * The names, perhaps none.
     *
     * @param tags that are said besides
     */
    static List<String> of(Source source, Place target, List<Tag> tags) {
        if (target instanceof InDockerArchive archive) {
            return images(source, archive, tags);
        }
        List<String> names = new ArrayList<>();
        said(target).ifPresent(names::add);
        tags.forEach(tag -> names.add(tag.value()));
        if (names.isEmpty()) {
            source.name().flatMap(TargetNames::tag).ifPresent(tag -> names.add(tag.value()));
        }
        return names;
    }

    /** What stands there. */
    static Optional<String> said(Place target) {
        if (target instanceof InRegistry registry) {
            return registry.name().tag().map(Tag::value);
        }
        if (target instanceof InLayout layout) {
            return layout.name();
        }
        return target instanceof InLayoutArchive archive ? archive.name() : ((InDockerArchive) target).name();
    }

    /** In a docker archive, names are those of repositories, with a tag. */
    private static List<String> images(Source source, InDockerArchive target, List<Tag> tags) {
        Optional<ImageName> image = target.name().map(ImageName::parse).or(() -> image(source));
        if (image.isEmpty() && !tags.isEmpty()) {
            throw new UsageException("say what it is to be called, by " + target + ":NAME:TAG");
        }
        Stream<String> said = target.name().isPresent() || tags.isEmpty() ? first(target, image) : Stream.of();
        return Stream.concat(said, tags.stream().map(tag -> image.get().with(tag).toString())).distinct().toList();
    }

    private static Stream<String> first(InDockerArchive target, Optional<ImageName> image) {
        if (target.name().isPresent() && image.get().tag().isPresent()) {
            return target.name().stream();
        }
        return image.filter(name -> name.digest().isEmpty())
                .map(name -> name.tag().isPresent() ? name : name.with(Tag.parse("latest")))
                .map(ImageName::toString)
                .stream();
    }

    private static Optional<ImageName> image(Source source) {
        if (source.place() instanceof InRegistry registry) {
            return Optional.of(registry.name());
        }
        return source.place() instanceof InDockerArchive ? source.name().flatMap(TargetNames::parse) : Optional.empty();
    }

    /** The tag that a name is, or has at its end. */
    private static Optional<Tag> tag(String name) {
        try {
            return Optional.of(Tag.parse(name));
        } catch (RegistryException e) {
            return parse(name).filter(image -> image.digest().isEmpty()).flatMap(ImageName::tag);
        }
    }

    private static Optional<ImageName> parse(String name) {
        try {
            return Optional.of(ImageName.parse(name));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }
}

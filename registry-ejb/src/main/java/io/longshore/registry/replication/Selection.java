package io.longshore.registry.replication;

import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.model.Tag;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is copied.
 *
 * @param repositories patterns, one of which a repository at the source must match
 * @param tags patterns, one of which a tag must match; empty for all
 * @param versions in which a tag must be
 * @param newest how many tags of each repository, of those that the rest leaves
 * @param platforms which of an index; empty for all
 * @param artifactTypes of manifests, one of which it must have; empty for all
 * @param referrers whether what refers to it comes along
 */
public record Selection(
        List<RepositoryPattern> repositories,
        List<TagPattern> tags,
        Optional<VersionRange> versions,
        OptionalInt newest,
        List<Platform> platforms,
        Set<String> artifactTypes,
        boolean referrers) {
    public Selection {
        repositories = List.copyOf(repositories);
        tags = List.copyOf(tags);
        platforms = List.copyOf(platforms);
        artifactTypes = Set.copyOf(artifactTypes);
    }

    boolean includes(RepositoryName repository) {
        return repositories.stream().anyMatch(pattern -> pattern.matches(repository));
    }

    /** As far as its name says. */
    boolean includes(Tag tag) {
        return (tags.isEmpty() || tags.stream().anyMatch(pattern -> pattern.matches(tag)))
                && (versions.isEmpty() || versions.get().contains(tag));
    }

    boolean includesType(String artifactType) {
        return artifactTypes.isEmpty() || artifactTypes.contains(artifactType);
    }

    /** Whether it is for one of the platforms; what is no index is for any. */
    boolean includesPlatformOf(Manifest manifest) {
        return platforms.isEmpty() || manifest.manifests().isEmpty()
                || manifest.manifests().stream()
                        .flatMap(child -> child.platform().stream())
                        .anyMatch(platform -> platforms.stream().anyMatch(wanted -> wanted.covers(platform)));
    }
}

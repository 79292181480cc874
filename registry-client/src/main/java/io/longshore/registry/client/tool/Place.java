package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import java.nio.file.Path;
import java.util.Optional;

/** Where an image or an artifact is, or is to be, as people write it. */
sealed interface Place {
    /** In a registry: {@code [docker://]name}. */
    record InRegistry(ImageName name) implements Place {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /**
     * In a folder: {@code oci:folder[:name]}, or {@code oci:folder@digest}.
     *
     * @param name of the manifest in the index, or its digest
     */
    record InLayout(Path folder, Optional<String> name) implements Place {
        @Override
        public String toString() {
            return written("oci:", folder, name);
        }
    }

    /** In a tar with a layout in it: {@code oci-archive:file[:name]}. */
    record InLayoutArchive(Path file, Optional<String> name) implements Place {
        @Override
        public String toString() {
            return written("oci-archive:", file, name);
        }
    }

    /** In a tar as {@code docker save} writes it: {@code docker-archive:file[:name]}. */
    record InDockerArchive(Path file, Optional<String> name) implements Place {
        @Override
        public String toString() {
            return written("docker-archive:", file, name);
        }
    }

    /** Whether it is written with one of the prefixes for folders and archives. */
    static boolean isLocal(String text) {
        return text.startsWith("oci:") || text.startsWith("oci-archive:") || text.startsWith("docker-archive:");
    }

    private static String written(String prefix, Path path, Optional<String> name) {
        return prefix + path + name.map(value -> ":" + value).orElse("");
    }

    /** @throws RegistryException if it names nothing in a registry, and is no file */
    static Place parse(String text) {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        return switch (text.substring(0, Math.max(colon, 0))) {
            case "oci" -> new InLayout(path(rest), name(rest));
            case "oci-archive" -> new InLayoutArchive(path(rest), name(rest));
            case "docker-archive" -> new InDockerArchive(path(rest), name(rest));
            case "docker" -> new InRegistry(ImageName.parse(rest.startsWith("//") ? rest.substring(2) : text));
            default -> new InRegistry(ImageName.parse(text));
        };
    }

    private static Path path(String rest) {
        int end = end(rest);
        if (end == 0) {
            throw new IllegalArgumentException("a path is missing");
        }
        return Path.of(rest.substring(0, end));
    }

    private static Optional<String> name(String rest) {
        int end = end(rest);
        return Optional.of(rest.substring(Math.min(end + 1, rest.length()))).filter(name -> !name.isEmpty());
    }

    /** Where the path ends: at the first colon, or at the sign before a digest. */
    private static int end(String rest) {
        int at = rest.lastIndexOf('@');
        if (at >= 0 && isDigest(rest.substring(at + 1))) {
            return at;
        }
        int colon = rest.indexOf(':');
        return colon < 0 ? rest.length() : colon;
    }

    private static boolean isDigest(String text) {
        try {
            Digest.parse(text);
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }
}

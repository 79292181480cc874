package io.longshore.registry.it.storage;

import java.util.Map;

/** A place for the blobs of servers under test, from its start on until this JVM ends. */
public interface Storage {

    /** The variables that make a server keep its blobs here, apart from those of every other server. */
    Map<String, String> fresh();

    /**
     * What the system property {@code it.storage} names: {@code s3}, {@code azure}, {@code inmemory}, or, without it,
     * a folder in the data folder of each server. Started when first asked for.
     */
    static Storage underTest() {
        return Chosen.STORAGE;
    }

    /** Holds what was chosen. */
    final class Chosen {
        private static final Storage STORAGE = choose(System.getProperty("it.storage", "filesystem"));

        private Chosen() {}

        private static Storage choose(String name) {
            return switch (name) {
                case "filesystem" -> Map::of;
                case "inmemory" -> () -> Map.of("REGISTRY_STORAGE", "inmemory");
                case "s3" -> S3Storage.start();
                default -> throw new IllegalArgumentException("it.storage: " + name);
            };
        }
    }
}

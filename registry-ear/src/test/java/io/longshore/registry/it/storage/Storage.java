package io.longshore.registry.it.storage;

import java.util.Map;

/** A place for the blobs of servers under test, from its start on until this JVM ends. */
public interface Storage {

    /** The variables that make a server keep its blobs here, apart from those of every other server. */
    default Map<String, String> fresh() {
        return freshAt(port());
    }

    /** As {@link #fresh}, where a port that leads to {@link #port} is to be used in its place. */
    Map<String, String> freshAt(int port);

    /**
     * Where it listens on the loopback interface.
     *
     * @throws UnsupportedOperationException if it does not
     */
    default int port() {
        throw new UnsupportedOperationException();
    }

    /**
     * What the system property {@code it.storage} names: {@code s3}, {@code azure}, {@code inmemory}, or, without it,
     * a folder in the data folder of each server. Started when first asked for.
     */
    static Storage underTest() {
        return Chosen.STORAGE;
    }

    /** No server of its own. */
    record WithinServer(Map<String, String> variables) implements Storage {
        @Override
        public Map<String, String> fresh() {
            return variables;
        }

        @Override
        public Map<String, String> freshAt(int port) {
            throw new UnsupportedOperationException();
        }
    }

    /** Holds what was chosen. */
    final class Chosen {
        private static final Storage STORAGE = choose(System.getProperty("it.storage", "filesystem"));

        private Chosen() {}

        private static Storage choose(String name) {
            return switch (name) {
                case "filesystem" -> new WithinServer(Map.of());
                case "inmemory" -> new WithinServer(Map.of("REGISTRY_STORAGE", "inmemory"));
                case "s3" -> S3Storage.start();
                case "azure" -> AzureStorage.start();
                default -> throw new IllegalArgumentException("it.storage: " + name);
            };
        }
    }
}

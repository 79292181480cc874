package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A disk that knows what a loss of power would leave: of a directory the names that were in it at its last sync, of a
 * file its bytes if it was synced. Can fail or lose power at a given step.
 */
class RecordingDisk extends Disk {
    private final Map<Path, Set<String>> lastingNames = new ConcurrentHashMap<>();
    /** So that of two syncs of a directory the one that saw more is not overwritten by the other. */
    private final Map<Path, Object> locks = new ConcurrentHashMap<>();
    private final Set<Object> lastingFiles = ConcurrentHashMap.newKeySet();
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger syncs = new AtomicInteger();
    private volatile int stopAtStep = Integer.MAX_VALUE;
    private volatile boolean failing;

    /** The power is gone: no handler of I/O failures runs any more. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Lets the power go before the given step from now on, counted from 1. */
    void cutPowerAtStep(int step) {
        failing = false;
        steps.set(0);
        stopAtStep = step;
    }

    /** Lets the given step from now on fail, counted from 1. */
    void failAtStep(int step) {
        cutPowerAtStep(step);
        failing = true;
    }

    /** The number of syncs, of files and directories, since the last call. */
    int syncs() {
        return syncs.getAndSet(0);
    }

    private void step() throws IOException {
        if (steps.incrementAndGet() != stopAtStep) {
            return;
        }
        if (failing) {
            throw new IOException("Input/output error");
        }
        throw new PowerCut();
    }

    @Override
    void syncFile(FileChannel file, Path path) throws IOException {
        step();
        super.syncFile(file, path);
        syncs.incrementAndGet();
        lastingFiles.add(inode(path));
    }

    @Override
    boolean syncDirectory(Path directory) throws IOException {
        step();
        synchronized (locks.computeIfAbsent(directory, any -> new Object())) {
            Set<String> before = Files.isDirectory(directory) ? names(directory) : Set.of();
            boolean there = super.syncDirectory(directory);
            syncs.incrementAndGet();
            lastingNames.put(directory, before);
            return there;
        }
    }

    @Override
    void createDirectory(Path directory) throws IOException {
        step();
        super.createDirectory(directory);
    }

    @Override
    void rename(Path from, Path to) throws IOException {
        step();
        if (to.endsWith("data")) {
            assertThat(lastingFiles).as("a blob may appear only when its bytes last").contains(inode(from));
        }
        super.rename(from, to);
    }

    @Override
    boolean delete(Path file) throws IOException {
        step();
        if (Files.exists(file)) {
            // its number may be given to another file
            lastingFiles.remove(inode(file));
        }
        return super.delete(file);
    }

    @Override
    boolean deleteIfEmpty(Path directory) throws IOException {
        step();
        return super.deleteIfEmpty(directory);
    }

    /** Whether a loss of power now would leave this file. */
    boolean lasts(Path file, Path root) {
        for (Path path = file; !path.equals(root); path = path.getParent()) {
            if (!lastingNames.getOrDefault(path.getParent(), Set.of()).contains(path.getFileName().toString())) {
                return false;
            }
        }
        return true;
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}

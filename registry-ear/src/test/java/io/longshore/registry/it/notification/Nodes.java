package io.longshore.registry.it.notification;

import io.longshore.registry.it.protocol.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;

/** The nodes of a registry, as a load balancer knows them. Thread-safe. */
final class Nodes {
    private final List<Http> nodes;
    private final ReadWriteLock inUse = new ReentrantReadWriteLock(true);

    Nodes(List<Http> nodes) {
        this.nodes = new ArrayList<>(nodes);
    }

    /** Has one of them, whichever, do something. */
    <T> T any(Random random, Function<Http, T> work) {
        inUse.readLock().lock();
        try {
            return work.apply(nodes.get(random.nextInt(nodes.size())));
        } finally {
            inUse.readLock().unlock();
        }
    }

    /** Has each of them do something. */
    void each(Consumer<Http> work) {
        inUse.readLock().lock();
        try {
            nodes.forEach(work);
        } finally {
            inUse.readLock().unlock();
        }
    }

    /** Returns when this one does nothing more; it is not asked again. */
    void remove(Http node) {
        inUse.writeLock().lock();
        try {
            nodes.remove(node);
        } finally {
            inUse.writeLock().unlock();
        }
    }
}

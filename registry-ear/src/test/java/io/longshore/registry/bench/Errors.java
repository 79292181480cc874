package io.longshore.registry.bench;

import java.util.ArrayList;
import java.util.List;

/** What went wrong in a run; a run with any of it is worth nothing. A client ends at its first error. Thread-safe. */
final class Errors {

    private static final int SHOWN = 20;

    private final List<String> first = new ArrayList<>();
    private int count;

    synchronized void add(String error) {
        count++;
        if (first.size() < SHOWN) {
            first.add(error);
        }
    }

    synchronized int count() {
        return count;
    }

    /** The first of them, a line each. */
    @Override
    public synchronized String toString() {
        return String.join("\n", first);
    }
}

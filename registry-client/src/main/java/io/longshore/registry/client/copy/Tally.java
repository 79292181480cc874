package io.longshore.registry.client.copy;

import io.longshore.registry.client.copy.CopyListener.Outcome;
import io.longshore.registry.model.Descriptor;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a copy does, and passes it on. Thread-safe. */
final class Tally implements CopyListener {
    private final CopyListener listener;
    private final Map<Outcome, AtomicInteger> counts = new EnumMap<>(Outcome.class);
    private final AtomicLong copiedBytes = new AtomicLong();

    Tally(CopyListener listener) {
        this.listener = listener;
        for (Outcome outcome : Outcome.values()) {
            counts.put(outcome, new AtomicInteger());
        }
    }

    @Override
    public void begun(Descriptor content) {
        listener.begun(content);
    }

    @Override
    public void moved(Descriptor blob, long bytes) {
        listener.moved(blob, bytes);
    }

    @Override
    public void done(Descriptor content, Outcome outcome) {
        counts.get(outcome).incrementAndGet();
        if (outcome == Outcome.COPIED) {
            copiedBytes.addAndGet(content.sizeBytes());
        }
        listener.done(content, outcome);
    }

    CopyResult result(Descriptor root) {
        return new CopyResult(
                root, count(Outcome.COPIED), count(Outcome.MOUNTED), count(Outcome.PRESENT), copiedBytes.get());
    }

    private int count(Outcome outcome) {
        return counts.get(outcome).get();
    }
}

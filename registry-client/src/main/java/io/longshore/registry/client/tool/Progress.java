package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.CopyListener;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows how a copy goes: a line for each content that is done, and below, on a terminal, a bar for each that is on its
 * way. Thread-safe.
 */
final class Progress implements CopyListener, AutoCloseable {
    private static final long PAUSE_NANOS = 100_000_000;
    private static final int BAR = 30;
    private static final int SHOWN_HEX = 12;
    private static final String UP = "\u001b[%dA";
    private static final String CLEAR = "\r\u001b[J";

    /** How it is shown. */
    enum Style {
        NONE,
        LINES,
        BARS
    }

    private final PrintStream err;
    private final Style style;
    private final LongSupplier nanos;
    private final Map<Digest, Bar> bars = new LinkedHashMap<>();
    private int drawn;
    private long lastDrawn;

    /** @param nanos a clock that only goes forward */
    Progress(PrintStream err, Style style, LongSupplier nanos) {
        this.err = err;
        this.style = style;
        this.nanos = nanos;
        this.lastDrawn = nanos.getAsLong();
    }

    private static final class Bar {
        private final Descriptor content;
        private long bytes;

        private Bar(Descriptor content) {
            this.content = content;
        }

        private String text() {
            long size = Math.max(1, content.sizeBytes());
            int filled = (int) Math.min(BAR, bytes * BAR / size);
            String bar = "=".repeat(filled) + (filled < BAR ? ">" + " ".repeat(BAR - filled - 1) : "");
            return name(content) + "  [" + bar + "]  " + Sizes.text(Math.min(bytes, content.sizeBytes())) + " of "
                    + Sizes.text(content.sizeBytes());
        }
    }

    private static String name(Descriptor content) {
        return content.digest().algorithm().id() + ':' + content.digest().hex().substring(0, SHOWN_HEX);
    }

    @Override
    public synchronized void moved(Descriptor blob, long bytes) {
        if (style != Style.BARS) {
            return;
        }
        bars.computeIfAbsent(blob.digest(), digest -> new Bar(blob)).bytes += bytes;
        if (nanos.getAsLong() - lastDrawn >= PAUSE_NANOS) {
            erase();
            draw();
        }
    }

    @Override
    public synchronized void done(Descriptor content, Outcome outcome) {
        if (style == Style.NONE) {
            return;
        }
        erase();
        bars.remove(content.digest());
        String what = MediaTypes.isManifest(content.mediaType()) ? "manifest" : "blob";
        String how = switch (outcome) {
            case COPIED -> "copied " + Sizes.text(content.sizeBytes());
            case MOUNTED -> "mounted";
            case PRESENT -> "was there";
        };
        err.println(name(content) + "  " + what + "  " + how);
        draw();
    }

    private void draw() {
        if (style == Style.BARS) {
            StringBuilder text = new StringBuilder();
            bars.values().forEach(bar -> text.append(bar.text()).append('\n'));
            err.print(text);
            err.flush();
            drawn = bars.size();
            lastDrawn = nanos.getAsLong();
        }
    }

    private void erase() {
        if (drawn > 0) {
            err.print(String.format(UP, drawn) + CLEAR);
            drawn = 0;
        }
    }

    /** Takes the bars away. */
    @Override
    public synchronized void close() {
        erase();
        bars.clear();
        err.flush();
    }
}

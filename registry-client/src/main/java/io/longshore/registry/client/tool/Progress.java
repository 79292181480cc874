package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.CopyListener;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.MediaTypes;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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
    private final Map<Object, Bar> bars = new LinkedHashMap<>();
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
        private final String name;
        private final long sizeBytes;
        private long bytes;

        private Bar(String name, long sizeBytes) {
            this.name = name;
            this.sizeBytes = sizeBytes;
        }

        private String text() {
            int filled = (int) Math.min(BAR, bytes * BAR / Math.max(1, sizeBytes));
            String bar = "=".repeat(filled) + (filled < BAR ? ">" + " ".repeat(BAR - filled - 1) : "");
            return name + "  [" + bar + "]  " + Sizes.text(Math.min(bytes, sizeBytes)) + " of "
                    + Sizes.text(sizeBytes);
        }
    }

    private static String name(Descriptor content) {
        return content.digest().algorithm().id() + ':' + content.digest().hex().substring(0, SHOWN_HEX);
    }

    @Override
    public void moved(Descriptor blob, long bytes) {
        moved(blob.digest(), name(blob), blob.sizeBytes(), bytes);
    }

    private synchronized void moved(Object key, String name, long sizeBytes, long bytes) {
        if (style != Style.BARS) {
            return;
        }
        bars.computeIfAbsent(key, absent -> new Bar(name, sizeBytes)).bytes += bytes;
        if (nanos.getAsLong() - lastDrawn >= PAUSE_NANOS) {
            erase();
            draw();
        }
    }

    /** Whether it is worth finding out how long something is. */
    boolean hasBars() {
        return style == Style.BARS;
    }

    /** The same stream, with a bar that says how much of it was read. */
    InputStream watched(InputStream in, String name, long sizeBytes) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = in.read(bytes, offset, length);
                moved(this, name, sizeBytes, Math.max(0, count));
                return count;
            }
        };
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

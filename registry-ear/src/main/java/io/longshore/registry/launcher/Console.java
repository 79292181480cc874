package io.longshore.registry.launcher;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * What the server says on the console. It is held back while the server starts: if that succeeds it is shown, and if
 * it fails the launcher has a shorter way to say why. While the server stops it is dropped; the log has all of it.
 * Thread-safe.
 */
final class Console extends OutputStream {

    private static final int HELD_AT_MOST = 1 << 20;

    private final PrintStream target;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private State state = State.HELD;

    private enum State { HELD, SHOWN, DROPPED }

    Console(PrintStream target) {
        this.target = target;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        if (state == State.SHOWN) {
            target.write(bytes, offset, length);
        } else if (state == State.HELD && held.size() + length <= HELD_AT_MOST) {
            held.write(bytes, offset, length);
        }
    }

    @Override
    public synchronized void flush() {
        if (state == State.SHOWN) {
            target.flush();
        }
    }

    /** Shows what was held back, and all that follows. */
    synchronized void show() {
        target.print(held.toString(Charset.defaultCharset()));
        target.flush();
        held.reset();
        state = State.SHOWN;
    }

    /** Drops what follows; what has been held back so far is still there. */
    synchronized void drop() {
        state = State.DROPPED;
    }

    /** Whether the server gave up, which it does by ending the JVM. */
    synchronized boolean tellsOfGivingUp() {
        return held.toString(Charset.defaultCharset()).contains(" FATAL ");
    }
}

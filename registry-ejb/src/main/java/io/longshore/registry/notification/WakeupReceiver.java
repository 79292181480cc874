package io.longshore.registry.notification;

/** Is woken by {@link Wakeups}, on this node or another one. Called by several threads at once. */
public interface WakeupReceiver {

    /**
     * There may be something to do. May come twice, late or for nothing; what it throws is logged and not repeated.
     *
     * @param text what the sender said
     */
    void received(String text);
}

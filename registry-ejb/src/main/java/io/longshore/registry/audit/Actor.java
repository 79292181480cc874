package io.longshore.registry.audit;

/**
 * On whose behalf something is done.
 *
 * @param subject such as {@code user:alice} or {@code anonymous}
 * @param address from where the request came, an IP address; empty if nobody asked for it
 */
public record Actor(String subject, String address, Via via) {
    /** The registry itself, in the background. */
    public static final Actor REGISTRY = new Actor("registry", "");

    /** Somebody of whose request no more is known. */
    public Actor(String subject, String address) {
        this(subject, address, Via.NONE);
    }
}

package io.longshore.registry.audit;

/** Who does something in tests. Addresses are those that RFC 5737 and 3849 keep for examples. */
public final class TestActor {
    public static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    public static final Actor BOB = new Actor("user:bob", "2001:db8::b0b");

    private TestActor() {}
}

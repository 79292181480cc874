package io.longshore.registry.access.login;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows users by passwords in memory, counts how often it is asked, and can be away. Thread-safe. */
final class KnownUsers implements Authenticator {
    private final String name;
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile boolean away;
    private volatile CountDownLatch asked = new CountDownLatch(0);
    private volatile CountDownLatch held = new CountDownLatch(0);

    KnownUsers(String name) {
        this.name = name;
    }

    KnownUsers with(String user, String password) {
        passwords.put(user, password);
        return this;
    }

    void remove(String user) {
        passwords.remove(user);
    }

    void setAway(boolean away) {
        this.away = away;
    }

    /** From now on, whoever asks waits for {@link #release}. */
    void hold() {
        asked = new CountDownLatch(1);
        held = new CountDownLatch(1);
    }

    /** Waits until somebody has asked. */
    void awaitQuestion() throws InterruptedException {
        asked.await();
    }

    void release() {
        held.countDown();
    }

    int questions() {
        return questions.get();
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) throws IOException {
        questions.incrementAndGet();
        asked.countDown();
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        failIfAway();
        return credentials instanceof Credentials.Password shown
                        && shown.password().reveal().equals(passwords.get(shown.user()))
                ? Optional.of(Identity.user(shown.user(), Set.of(), name))
                : Optional.empty();
    }

    @Override
    public Optional<Identity> refresh(Identity identity) throws IOException {
        questions.incrementAndGet();
        failIfAway();
        return passwords.containsKey(identity.subject().name()) ? Optional.of(identity) : Optional.empty();
    }

    private void failIfAway() throws IOException {
        if (away) {
            throw new IOException("the server of " + name + " does not answer");
        }
    }

    @Override
    public String name() {
        return name;
    }
}

package io.longshore.registry.access.login;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.SecretAuthenticator;
import io.longshore.registry.config.Secret;
import io.longshore.registry.permission.Subject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Knows a robot by secrets in memory, which begin with {@link #FORM}; counts how often it is asked. Thread-safe. */
final class KnownSecrets implements SecretAuthenticator {
    static final String FORM = "secret of a robot ";

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger questions = new AtomicInteger();

    KnownSecrets with(String secret) {
        secrets.add(secret);
        return this;
    }

    int questions() {
        return questions.get();
    }

    @Override
    public boolean isSecret(Secret text) {
        return text.reveal().startsWith(FORM);
    }

    @Override
    public Optional<Identity> authenticate(Credentials credentials) {
        questions.incrementAndGet();
        return credentials instanceof Credentials.Password shown && secrets.contains(shown.password().reveal())
                ? Optional.of(new Identity(
                        new Subject(Subject.Kind.ROBOT, "ci"), Set.of(), name(), "", Optional.empty()))
                : Optional.empty();
    }

    @Override
    public String name() {
        return "robots";
    }
}

package io.longshore.registry.launcher.tls;

import io.longshore.registry.config.TlsConfig;
import java.security.Security;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * The server's certificate and the authorities for those of clients, as the files last had them whole. What is used
 * changes only from one that works to another; connections that are there go on with what they began with. Thread-safe.
 */
public final class Tls {
    private static final int CHECK_SECONDS = 1;

    private final TlsConfig config;
    private final Clock clock;
    private final ServerKeys keys;
    private final ClientTrust trust;
    private String used;
    /** What was found wrong with the files when they were last read. */
    private String wrong = "";
    private boolean said;

    private Tls(TlsConfig config, Clock clock, ServerKeys keys, ClientTrust trust, String used) {
        this.config = config;
        this.clock = clock;
        this.keys = keys;
        this.trust = trust;
        this.used = used;
    }

    /**
     * Reads the files.
     *
     * @throws TlsException if they cannot be used
     */
    public static Tls load(TlsConfig config, Clock clock) throws TlsException {
        Material material = Material.read(config);
        Identity identity = material.identity(clock.instant());
        Optional<Authorities> authorities = material.authorities();
        ClientTrust trust = new ClientTrust(config.clients(), authorities, identity);
        return new Tls(config, clock, new ServerKeys(identity), trust, material.fingerprint());
    }

    /** Offers key and trust to the server, as the algorithm that its configuration names. */
    public void install() {
        Security.addProvider(new TlsProvider(keys, trust));
    }

    /** Lets somebody who has the server's own key connect to it as a client, as long as nothing else was served. */
    public SSLContext forOwnCheck() throws TlsException {
        return OwnCheck.context(keys);
    }

    /** Ends what {@link #forOwnCheck} allowed, and begins to look for changes of the files. */
    public void serve() {
        trust.serve();
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "look for new certificates");
            thread.setDaemon(true);
            return thread;
        });
        Changes changes = new Changes();
        executor.scheduleWithFixedDelay(() -> changes.tell(reload()), CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    ServerKeys keys() {
        return keys;
    }

    ClientTrust trust() {
        return trust;
    }

    /**
     * Takes over what the files have now, if it is something else and can be used. It is said to be wrong once, and
     * only when it was found so twice: whoever replaces several files does so one after the other.
     */
    synchronized Change reload() {
        try {
            Material material = Material.read(config);
            String found = material.fingerprint();
            if (found.equals(used)) {
                wrong = "";
                return Change.NONE;
            }
            Identity identity = material.identity(clock.instant());
            Optional<Authorities> authorities = material.authorities();
            keys.replace(identity);
            trust.replace(authorities);
            used = found;
            wrong = "";
            return new Change.Replaced(identity.toString());
        } catch (TlsException | RuntimeException e) {
            // Whatever it is, there will be a next time to look.
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private Change refused(String reason) {
        if (!reason.equals(wrong)) {
            wrong = reason;
            said = false;
            return Change.NONE;
        }
        if (said) {
            return Change.NONE;
        }
        said = true;
        return new Change.Refused(reason);
    }
}

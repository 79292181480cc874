package io.longshore.registry.access.login;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.audit.MinuteLimit;
import io.longshore.registry.permission.Subject;
import java.util.function.LongSupplier;

/** Records logins that failed. Thread-safe. */
final class LoginAudit {
    /** Of a network within a minute. Nothing else slows down a client that was left with an old secret. */
    static final int MOST_SECRETS = 10;

    private final Audit audit;
    private final MinuteLimit secrets;

    /** @param nanos a clock such as {@link System#nanoTime} */
    LoginAudit(Audit audit, LongSupplier nanos) {
        this.audit = audit;
        this.secrets = new MinuteLimit(MOST_SECRETS, nanos);
    }

    /** @param account whose login it was; empty if that is not known */
    void failure(String account, String address, String detail) {
        audit.record(AuditEvent.of("login.failure", new Actor("anonymous", address), account, detail));
    }

    /**
     * A secret that says itself whose it is, and is nobody's, or not any more. The first few are recorded.
     *
     * @param user as it was given, which can be anything
     */
    void failureOfSecret(String user, String address) {
        if (secrets.allows(Network.of(address))) {
            failure(Subject.isName(user) ? user : "", address, "the secret of no robot or token");
        }
    }
}

package io.longshore.registry.access.login;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;

/** Records logins that failed. Thread-safe. */
final class LoginAudit {
    private final Audit audit;

    LoginAudit(Audit audit) {
        this.audit = audit;
    }

    /** @param account as it was given; empty if nothing could be called so */
    void failure(String account, String address, String detail) {
        audit.record(AuditEvent.of("login.failure", new Actor("anonymous", address), account, detail));
    }
}

package io.longshore.registry.launcher.tls;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Tells of changes in the log of the server, which must run. */
final class Changes {
    private static final Logger LOG = System.getLogger("io.longshore.registry.tls");

    void tell(Change change) {
        if (change instanceof Change.Replaced replaced) {
            LOG.log(Level.INFO, "The files of http.tls have changed; new connections get " + replaced.by());
        } else if (change instanceof Change.Refused refused) {
            LOG.log(Level.WARNING, "The files of http.tls have changed and cannot be used, so that new connections get"
                    + " what they had before: " + refused.reason());
        }
    }
}

package io.longshore.registry.config;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Cipher suites by name, as far as this JDK has them and has not found them broken. */
final class CipherSuites {
    static final ValueType<List<String>> TYPE = ValueType.tree("list of cipher suites", CipherSuites::parse);

    /** What a client says to the server in the place of a suite. */
    private static final String SIGNAL = "_SCSV";

    private CipherSuites() {}

    private static List<String> parse(Value value) {
        List<String> names = Types.texts(value, "expected a list of cipher suites: [TLS_AES_256_GCM_SHA384]");
        Set<String> known = known();
        for (String name : names) {
            if (!known.contains(name) || name.endsWith(SIGNAL)) {
                throw new IllegalArgumentException("expected cipher suites that this JDK speaks, not \""
                        + Problems.quoted(name) + "\"; the nearest is " + Nearest.to(name, known));
            }
        }
        return names;
    }

    private static Set<String> known() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return Set.of(context.getSupportedSSLParameters().getCipherSuites());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not speak TLS", e);
        }
    }

    /** Whether it is a suite of TLS 1.3, whose names do not say how keys are exchanged. */
    static boolean isOfTls13(String name) {
        return !name.contains("_WITH_");
    }
}

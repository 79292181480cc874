package io.longshore.registry.config;

import java.util.regex.Pattern;

/**
 * Knows the variables that Kubernetes puts into every container for a service whose name begins with {@code registry}.
 * Nobody set them to configure anything.
 */
final class ServiceVariables {
    private static final Pattern NAME = Pattern.compile("REGISTRY(?:_[A-Z0-9]+)*?(?:"
            + "_SERVICE_HOST|_SERVICE_PORT(?:_[A-Z0-9_]+)?|_PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)");
    private static final Pattern URL_NAME = Pattern.compile("REGISTRY(?:_[A-Z0-9]+)*?_PORT");
    private static final Pattern URL = Pattern.compile("(?:tcp|udp|sctp)://.*");

    private ServiceVariables() {}

    static boolean include(String name, String value) {
        return NAME.matcher(name).matches()
                || URL_NAME.matcher(name).matches() && URL.matcher(value).matches();
    }
}

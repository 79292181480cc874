package io.longshore.registry.launcher;

import java.util.regex.Pattern;

/** The server's {@code standalone.xml} as a text: as it lies in the installation, it is for HTTP without TLS. */
record ServerConfiguration(String xml) {
    /** What is there for TLS alone, hidden from the server in a processing instruction. */
    private static final Pattern FOR_TLS = Pattern.compile("<\\?tls\\s(.*?)\\?>", Pattern.DOTALL);
    private static final String HTTP = "<http-listener name=\"http\"";
    private static final String HTTPS =
            "<https-listener name=\"https\" ssl-context=\"registry\" enable-http2=\"true\"";

    /** The same with a listener for HTTPS, whose limits are those of the listener for HTTP, in its place. */
    ServerConfiguration withTls() {
        if (!xml.contains(HTTP) || !FOR_TLS.matcher(xml).find()) {
            throw new IllegalStateException("the server's configuration has no place for TLS");
        }
        return new ServerConfiguration(FOR_TLS.matcher(xml).replaceAll("$1").replace(HTTP, HTTPS));
    }
}

package io.longshore.registry.audit;

import java.util.UUID;

/**
 * The request by which something is done, and the node that it came to. All but the last are empty if there is none.
 *
 * @param requestId that the registry gave it
 * @param host that it was sent to, as the client wrote it
 * @param userAgent what the client calls itself
 * @param baseUrl where the client reached the registry, such as {@code https://registry.example.com}
 */
public record Via(String requestId, String host, String method, String userAgent, String baseUrl, Node node) {
    /** No request, on no node that is known. */
    public static final Via NONE = new Via("", "", "", "", "", new Node("", new UUID(0, 0)));

    /**
     * A node of the registry.
     *
     * @param address host name and port, such as {@code node1:5000}
     * @param instance another one after each start
     */
    public record Node(String address, UUID instance) {}
}

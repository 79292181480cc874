package io.longshore.registry.access.ldap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Sockets of TLS that do not wait for a server that is silent in the handshake: the SDK sets the time-outs of a socket
 * after it, and would wait for ever.
 */
final class SecureSockets extends SocketFactory {
    private final SocketFactory factory;
    private final int timeoutMillis;

    /** @param timeout for each read of the handshake; from it on, the SDK's own holds */
    SecureSockets(SocketFactory factory, Duration timeout) {
        this.factory = factory;
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    private Socket timed(Socket socket) throws SocketException {
        socket.setSoTimeout(timeoutMillis);
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return timed(factory.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return timed(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return timed(factory.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return timed(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return timed(factory.createSocket(host, port, from, fromPort));
    }
}

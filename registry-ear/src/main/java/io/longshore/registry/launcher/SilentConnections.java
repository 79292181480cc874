package io.longshore.registry.launcher;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections to the listener for HTTPS on which the client has not said which protocol it wants. The server's own
 * limits begin when the protocol is known; who says nothing at all could stay for ever, and take the place of others.
 * Reaches what the server consists of, as {@link WildFly} does. Thread-safe.
 */
final class SilentConnections {
    /** What listens to a connection until the protocol is known. */
    private static final String WAITING = "io.undertow.server.protocol.http.AlpnOpenListener$AlpnConnectionListener";

    private final long patienceMillis;
    private final ClassLoader server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "end silent connections");
        thread.setDaemon(true);
        return thread;
    });

    private SilentConnections(Duration patience, ClassLoader server) {
        this.patienceMillis = patience.toMillis();
        this.server = server;
    }

    /**
     * Limits the connections that are accepted from now on.
     *
     * @param listener the service of the server that listens for HTTPS
     * @throws ReflectiveOperationException if the server is another than the one this was made for
     */
    static void limit(Object listener, Duration patience) throws ReflectiveOperationException {
        Object open = listener.getClass().getMethod("getOpenListener").invoke(listener);
        Field accepting = listener.getClass().getDeclaredField("sslServer");
        accepting.setAccessible(true);
        new SilentConnections(patience, open.getClass().getClassLoader()).limit(accepting.get(listener), open);
    }

    private void limit(Object accepting, Object open) throws ReflectiveOperationException {
        Class<?> listener = server.loadClass("org.xnio.ChannelListener");
        Method handleEvent = listener.getMethod("handleEvent", Channel.class);
        Method getSource = server.loadClass("org.xnio.StreamConnection").getMethod("getSourceChannel");
        Object watching = Proxy.newProxyInstance(server, new Class<?>[] {listener}, (proxy, method, arguments) -> {
            if (!method.equals(handleEvent)) {
                return method.invoke(this, arguments);
            }
            watch((Channel) arguments[0], getSource);
            return call(handleEvent, open, arguments);
        });
        Object adapter = server.loadClass("org.xnio.ChannelListeners")
                .getMethod("openListenerAdapter", listener).invoke(null, watching);
        Object setter = server.loadClass("org.xnio.channels.AcceptingChannel")
                .getMethod("getAcceptSetter").invoke(accepting);
        server.loadClass("org.xnio.ChannelListener$Setter").getMethod("set", listener).invoke(setter, adapter);
    }

    private static Object call(Method method, Object target, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Holds on to no connection that the server has done with. */
    private void watch(Channel connection, Method getSource) {
        WeakReference<Channel> reference = new WeakReference<>(connection);
        clock.schedule(() -> endIfSilent(reference.get(), getSource), patienceMillis, TimeUnit.MILLISECONDS);
    }

    private static void endIfSilent(Channel connection, Method getSource) {
        try {
            if (connection != null && isSilent(getSource.invoke(connection))) {
                connection.close();
            }
        } catch (IOException | ReflectiveOperationException e) {
            // It is gone, as it should be.
        }
    }

    private static boolean isSilent(Object source) throws ReflectiveOperationException {
        Object reader = source.getClass().getMethod("getReadListener").invoke(source);
        return reader != null && reader.getClass().getName().equals(WAITING);
    }
}

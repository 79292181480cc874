package io.longshore.registry.web;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** The little of a servlet container that a filter or servlet meets; every other call fails the test. */
final class Proxies {
    private Proxies() {}

    /** With attributes that can be set and read. */
    static ServletContext context() {
        Map<String, Object> attributes = new HashMap<>();
        return of(ServletContext.class, (name, args) -> switch (name) {
            case "getAttribute" -> attributes.get((String) args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            default -> throw new UnsupportedOperationException(name);
        });
    }

    /** A configuration of the type, such as {@link ServletConfig}, with this context and no parameters. */
    static <T> T config(Class<T> type, ServletContext context) {
        return of(type, (name, args) -> switch (name) {
            case "getServletContext" -> context;
            case "getInitParameter" -> null;
            default -> throw new UnsupportedOperationException(name);
        });
    }

    private interface Call {
        Object answer(String name, Object[] args);
    }

    private static <T> T of(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, args) -> call.answer(called.getName(), args)));
    }
}

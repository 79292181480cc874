package io.longshore.registry.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Requests without a server: method, path, query, headers, attributes and body; every other call fails the test. */
public final class Requests {
    /** From where they all come. */
    public static final String ADDRESS = "192.0.2.1";

    private Requests() {}

    public static HttpServletRequest of(String method, String uri) {
        return of(method, uri, null, Map.of());
    }

    public static HttpServletRequest of(
            String method, String uri, String query, Map<String, List<String>> headersByName) {
        return of(method, uri, query, headersByName, InputStream.nullInputStream());
    }

    public static HttpServletRequest of(
            String method, String uri, String query, Map<String, List<String>> headersByName, InputStream body) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(headersByName);
        Map<String, Object> attributes = new HashMap<>();
        return (HttpServletRequest) Proxy.newProxyInstance(
                Requests.class.getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, called, args) -> {
                    switch (called.getName()) {
                        case "getMethod":
                            return method;
                        case "getRequestURI":
                            return uri;
                        case "getQueryString":
                            return query;
                        case "getAttribute":
                            return attributes.get((String) args[0]);
                        case "setAttribute":
                            return attributes.put((String) args[0], args[1]);
                        case "getInputStream":
                            return stream(body);
                        case "getRemoteAddr":
                            return ADDRESS;
                        case "getScheme":
                            return "http";
                        case "getLocalName":
                            return "127.0.0.1";
                        case "getLocalPort":
                            return 5000;
                        case "getHeader":
                            return values(headers, args[0]).stream().findFirst().orElse(null);
                        case "getHeaders":
                            return Collections.enumeration(values(headers, args[0]));
                        case "getHeaderNames":
                            return names(headers);
                        case "getContentLengthLong":
                            return values(headers, "Content-Length").stream()
                                    .findFirst()
                                    .map(Long::valueOf)
                                    .orElse(-1L);
                        default:
                            throw new UnsupportedOperationException(called.getName());
                    }
                });
    }

    private static ServletInputStream stream(InputStream body) {
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return body.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return body.read(bytes, offset, length);
            }

            @Override
            public boolean isFinished() {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isReady() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void setReadListener(ReadListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static List<String> values(Map<String, List<String>> headers, Object name) {
        return headers.getOrDefault((String) name, List.of());
    }

    private static Enumeration<String> names(Map<String, List<String>> headers) {
        return Collections.enumeration(headers.keySet());
    }
}

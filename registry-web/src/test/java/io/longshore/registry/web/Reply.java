package io.longshore.registry.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A response without a server, and what was sent on it; calls it does not know fail the test. */
public final class Reply {
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status = 200;
    private boolean committed;

    public HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                Reply.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, args) -> called(called.getName(), args));
    }

    private Object called(String name, Object[] args) {
        switch (name) {
            case "setStatus":
                status = (int) args[0];
                return null;
            case "getStatus":
                return status;
            case "setHeader":
                headers.put((String) args[0], new ArrayList<>(List.of((String) args[1])));
                return null;
            case "addHeader":
                headers.computeIfAbsent((String) args[0], key -> new ArrayList<>()).add((String) args[1]);
                return null;
            case "getHeader":
                return header((String) args[0]);
            case "setContentType":
                return called("setHeader", new Object[] {"Content-Type", args[0]});
            case "getContentType":
                return header("Content-Type");
            case "setContentLength":
                return called("setHeader", new Object[] {"Content-Length", args[0].toString()});
            case "isCommitted":
                return committed;
            case "reset":
                headers.clear();
                body.reset();
                status = 200;
                return null;
            case "getOutputStream":
                return stream();
            default:
                throw new UnsupportedOperationException(name);
        }
    }

    private ServletOutputStream stream() {
        return new ServletOutputStream() {
            @Override
            public void write(int b) {
                body.write(b);
            }

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }
        };
    }

    public void commit() {
        committed = true;
    }

    public int status() {
        return status;
    }

    /** The first header of this name, or null. */
    public String header(String name) {
        return headers.containsKey(name) ? headers.get(name).get(0) : null;
    }

    public Map<String, List<String>> headers() {
        return headers;
    }

    public String body() {
        return body.toString(StandardCharsets.UTF_8);
    }
}

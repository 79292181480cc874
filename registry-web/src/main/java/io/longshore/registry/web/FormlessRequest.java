package io.longshore.registry.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;

/**
 * A request whose body is called a form, as curl calls every body unless told otherwise, without that header. No body of
 * this API is one; but to find the parameters of a form Jersey looks whether there is a body, and the byte that it takes
 * for that would be missing from a blob.
 */
final class FormlessRequest extends HttpServletRequestWrapper {

    private FormlessRequest(HttpServletRequest request) {
        super(request);
    }

    /** The request as it is, unless it says that it brings a form. */
    static HttpServletRequest of(HttpServletRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).contains(MediaType.APPLICATION_FORM_URLENCODED)
                ? new FormlessRequest(request)
                : request;
    }

    @Override
    public String getContentType() {
        return null;
    }

    @Override
    public String getHeader(String name) {
        return isType(name) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return isType(name) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(FormlessRequest::isType);
        return Collections.enumeration(names);
    }

    private static boolean isType(String name) {
        return HttpHeaders.CONTENT_TYPE.equalsIgnoreCase(name);
    }
}

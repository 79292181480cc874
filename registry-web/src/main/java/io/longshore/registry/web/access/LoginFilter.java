package io.longshore.registry.web.access;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Finds out who sends each request, before any resource sees it. Lets pass who shows nothing, and leaves it to the
 * resources what that is enough for.
 */
public final class LoginFilter implements Filter {
    private final Callers callers;

    public LoginFilter(Callers callers) {
        this.callers = callers;
    }

    /** Throws what is to be answered: the guard before it sends that. */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        request.setAttribute(Caller.ATTRIBUTE, callers.of((HttpServletRequest) request));
        chain.doFilter(request, response);
    }
}

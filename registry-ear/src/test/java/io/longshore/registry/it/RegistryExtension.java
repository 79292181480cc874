package io.longshore.registry.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives a test, as a parameter of its constructor or method, the {@linkplain RegistryServer#shared() shared server}, and
 * prints the end of that server's log when the test fails. Where the system property {@code registry.url} names another
 * registry to test, nothing is started for the log.
 */
public final class RegistryExtension implements ParameterResolver, TestWatcher {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RegistryServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return RegistryServer.shared();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        if (System.getProperty("registry.url") != null) {
            return;
        }
        System.err.println(context.getDisplayName() + " failed; the log of the shared server ends with\n"
                + RegistryServer.shared().log());
    }
}

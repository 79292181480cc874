package io.longshore.registry.storage.azure;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests an {@link Azurite}, one for all of them. Where npm is missing or cannot install it they are skipped, or
 * failed if the system property {@code clients.required} says that this machine must have it all.
 */
final class AzuriteExtension implements BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(AzuriteExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        azurite(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Azurite.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return azurite(context);
    }

    private static Azurite azurite(ExtensionContext context) {
        Object started = context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent("azurite", key -> start());
        if (started instanceof Azurite azurite) {
            return azurite;
        }
        String message = "Azurite cannot be had: apt-get install npm, and see to it that npm ci works (" + started + ")";
        if (Boolean.getBoolean("clients.required")) {
            return fail(message);
        }
        return abort(message);
    }

    /** The server, or why there is none. */
    private static Object start() {
        try {
            return Azurite.start();
        } catch (IOException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}

package io.longshore.registry.it.arquillian;

import java.io.IOException;
import java.lang.annotation.Annotation;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.ApplicationScoped;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.api.event.ManagerStarted;
import org.jboss.arquillian.core.api.event.ManagerStopping;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.arquillian.test.spi.enricher.resource.ResourceProvider;

/** Has Arquillian prepare the {@link StockWildFly} before all else, and give it to tests as a resource. */
public final class StockWildFlyExtension implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Life.class).service(ResourceProvider.class, Provider.class);
    }

    /** From before {@code arquillian.xml} is read until all servers have stopped. */
    public static final class Life {
        private static final int BEFORE_ALL_OTHERS = 1000;

        @Inject
        @ApplicationScoped
        private InstanceProducer<StockWildFly> server;

        void prepare(@Observes(precedence = BEFORE_ALL_OTHERS) ManagerStarted event) throws IOException {
            server.set(StockWildFly.prepare());
        }

        void close(@Observes ManagerStopping event) throws IOException {
            server.get().close();
        }
    }

    /** Answers {@code @ArquillianResource StockWildFly}. */
    public static final class Provider implements ResourceProvider {

        @Inject
        private Instance<StockWildFly> server;

        @Override
        public boolean canProvide(Class<?> type) {
            return type == StockWildFly.class;
        }

        @Override
        public Object lookup(ArquillianResource resource, Annotation... qualifiers) {
            return server.get();
        }
    }
}

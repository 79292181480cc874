package io.longshore.registry;

import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.Via;
import io.longshore.registry.config.NotificationConfig;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.notification.DeliveryObserver;
import io.longshore.registry.notification.Dispatcher;
import io.longshore.registry.notification.Endpoints;
import io.longshore.registry.notification.Pulls;
import io.longshore.registry.notification.Replays;
import io.longshore.registry.notification.Sender;
import io.longshore.registry.notification.SendingRate;
import io.longshore.registry.notification.WakeupReceiver;
import io.longshore.registry.notification.Wakeups;
import io.longshore.registry.notification.http.HttpSender;
import io.longshore.registry.notification.http.TargetRules;
import io.longshore.registry.seal.Seal;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Queue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Says to CDI how webhooks are made, as {@link Wiring} does of the rest. */
@Dependent
public class WebhookWiring {

    /** This node, as others and receivers of webhooks know it. */
    @Produces
    @Singleton
    static Via.Node node(RegistryConfig config) {
        return new Via.Node(hostName() + ':' + config.http().addr().port(), UUID.randomUUID());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    @Produces
    @Singleton
    static Endpoints endpoints(Database database, Audit audit, RegistryConfig config, Via.Node node) {
        Seal seal = Seal.of(config.auth().tokens().keySecret(), "longshore webhooks", "application/json");
        return new Endpoints(database, audit, seal, config.notifications(), node);
    }

    @Produces
    @Singleton
    static TargetRules targets(RegistryConfig config) {
        NotificationConfig.Targets targets = config.notifications().targets();
        return new TargetRules(targets.http(), targets.privateAddresses(), targets.permitted());
    }

    @Produces
    @Singleton
    static Sender sender(TargetRules targets) {
        String version = WebhookWiring.class.getPackage().getImplementationVersion();
        return new HttpSender(targets, version == null ? "" : version);
    }

    static void close(@Disposes Sender sender) {
        sender.close();
    }

    /** Looked up, not injected: servers disagree about whose names a bean of the EJB module sees when the WAR asks. */
    @Produces
    @Singleton
    static Wakeups wakeups() throws NamingException {
        ConnectionFactory factory = InitialContext.doLookup("java:comp/DefaultJMSConnectionFactory");
        Queue queue = InitialContext.doLookup(Wakeups.QUEUE);
        return new Wakeups(factory, queue, Executors.newCachedThreadPool(WebhookWiring::thread));
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "wake-ups of webhooks");
        thread.setDaemon(true);
        return thread;
    }

    @Produces
    @Singleton
    static Dispatcher dispatcher(
            Database database, Endpoints endpoints, Sender sender, DeliveryObserver observer, Wakeups wakeups,
            Via.Node node) {
        return new Dispatcher(
                database, endpoints, sender, SendingRate.ofThisMachine(), observer, wakeups::send, node);
    }

    @Produces
    @Singleton
    static WakeupReceiver wakeupReceiver(Dispatcher dispatcher) {
        return dispatcher::received;
    }

    @Produces
    @Singleton
    static Pulls pulls(Database database, Endpoints endpoints, RegistryConfig config, Dispatcher dispatcher) {
        return new Pulls(database, endpoints, config.notifications().pulls(), dispatcher::wrote);
    }

    @Produces
    @Singleton
    static Replays replays(Database database, Audit audit, DeliveryObserver observer, Dispatcher dispatcher) {
        return new Replays(database, audit, observer, dispatcher::wrote);
    }
}

package io.longshore.registry.notification;

import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.jms.JMSDestinationDefinition;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;
import java.lang.System.Logger.Level;

/** Hands on what {@link Wakeups} sent. No transaction: a message that is lost, or comes twice, does no harm. */
@JMSDestinationDefinition(
        name = Wakeups.QUEUE, interfaceName = "jakarta.jms.Queue", destinationName = "longshore.webhooks")
@MessageDriven(activationConfig = {
    @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = Wakeups.QUEUE),
    @ActivationConfigProperty(propertyName = "destinationType", propertyValue = "jakarta.jms.Queue"),
    @ActivationConfigProperty(propertyName = "acknowledgeMode", propertyValue = "Dups-ok-acknowledge"),
    // Of Artemis: how many listen at once. Other servers say it in their own way.
    @ActivationConfigProperty(propertyName = "maxSession", propertyValue = "4")})
@TransactionManagement(TransactionManagementType.BEAN)
public class WebhookListener implements MessageListener {
    private static final System.Logger LOG = System.getLogger(WebhookListener.class.getName());

    @Inject
    private WakeupReceiver receiver;

    /** Lets nothing out: the server would deliver the message again. */
    @Override
    public void onMessage(Message message) {
        try {
            receiver.received(message.getBody(String.class));
        } catch (JMSException | RuntimeException e) {
            LOG.log(Level.WARNING, "a message that should wake the webhooks was for nothing", e);
        }
    }
}

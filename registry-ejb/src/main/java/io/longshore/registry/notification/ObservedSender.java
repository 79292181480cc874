package io.longshore.registry.notification;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Says what comes of what another sends. */
record ObservedSender(Sender sender, DeliveryObserver observer) implements Sender {

    @Override
    public CompletableFuture<Answer> send(Endpoint endpoint, List<Event> events) {
        int count = events.size();
        return sender.send(endpoint, events).whenComplete((answer, bug) -> {
            if (bug == null) {
                observer.answered(endpoint.name(), count, answer);
            }
        });
    }

    @Override
    public void close() {
        sender.close();
    }
}

package io.longshore.registry.it.arquillian;

import io.longshore.registry.notification.WakeupReceiver;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Stands in for the receiver of the registry, and keeps what it is told. */
@Alternative
@Priority(1)
@ApplicationScoped
public class Woken implements WakeupReceiver {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    @Override
    public void received(String text) {
        texts.add(text);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("said nothing");
        }
    }

    public BlockingQueue<String> texts() {
        return texts;
    }
}

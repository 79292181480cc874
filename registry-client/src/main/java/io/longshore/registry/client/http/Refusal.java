package io.longshore.registry.client.http;

import java.io.IOException;

/** A request that is not sent, because it would give something away or lead nowhere: trying again does not help. */
public final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}

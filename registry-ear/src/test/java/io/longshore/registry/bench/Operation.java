package io.longshore.registry.bench;

import java.io.IOException;

/** What a client does again and again while it is measured. Thread-safe: many clients share one. */
@FunctionalInterface
interface Operation {

    /**
     * Does it once.
     *
     * @param number counted from 0 over all clients, each given once
     */
    void run(RegistryCalls calls, int number) throws IOException;
}

package io.longshore.registry.bench;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What is measured, and the data that it needs. */
interface Suite {

    /** Pushes the data. */
    void layOut(Server server, Load load) throws IOException;

    /** The rows. */
    List<Phase> phases(List<Server> servers) throws IOException;

    /** What a server is asked first when it has just started; nothing, if starts are not measured. */
    Optional<Phase> afterStart();
}

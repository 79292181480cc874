package io.longshore.registry.notification;

/**
 * The deliveries to one endpoint about one repository, which are made in order, by one node at a time.
 *
 * @param version counts what is added to it
 */
record Lane(long endpointId, String repository, long version) {

    /** Names a lane. */
    record Key(long endpointId, String repository) {}

    Key key() {
        return new Key(endpointId, repository);
    }
}

package io.longshore.registry.replication;

/**
 * An item that this node is at.
 *
 * @param repository at the source; empty for the catalog
 * @param tag empty for a catalog or a repository
 * @param dry whether nothing is to be changed
 * @param byEvent whether something happened, so that nothing else is looked at
 */
record Task(
        long id, long runId, long ruleId, Item.Kind kind, String repository, String tag, int attempts, boolean dry,
        boolean byEvent) {

    /** A part of the same run. */
    record Child(Item.Kind kind, String repository, String tag) {}
}

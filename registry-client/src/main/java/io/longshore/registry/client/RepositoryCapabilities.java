package io.longshore.registry.client;

/**
 * What a registry can do in one repository. All that is missing is made up for by {@link Repository}, at some cost.
 *
 * @param listsReferrers whether it lists them itself; otherwise clients do so under a tag, and two that push referrers
 *     of the same manifest at once may get into each other's way
 * @param filtersReferrers whether it lists those of one artifact type; otherwise all are fetched
 */
public record RepositoryCapabilities(boolean listsReferrers, boolean filtersReferrers) {}

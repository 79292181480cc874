package io.longshore.registry.config;

/** The most entries of one page of each list, inclusive. */
public record PagingConfig(int catalogMaxEntries, int tagsMaxTags, int referrersMaxEntries) {}

package io.longshore.registry.storage.azure;

import java.util.List;

/** What a block blob is made of. */
record BlockListing(String version, List<Block> blocks) {}

/**
 * The mirror: repositories of other registries, whose content is fetched when somebody pulls it, and kept. Who pulls may
 * read what is being fetched; nobody waits for the end of it, and nobody's leaving ends it.
 */
package io.longshore.registry.mirror;

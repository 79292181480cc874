/** Replication between the built server and another registry, over lines that fail, and by nodes that do. */
package io.longshore.registry.it.replication;

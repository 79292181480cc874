/**
 * Repositories: which there are. A repository comes into being with the first content that is put into it. Uses the
 * database, the words of access control, and no other feature.
 */
package io.longshore.registry.repository;

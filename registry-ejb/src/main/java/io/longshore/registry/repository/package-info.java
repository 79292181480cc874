/** Repositories: which there are. A repository comes into being with the first content that is put into it. */
package io.longshore.registry.repository;

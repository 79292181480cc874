/** Repositories of other registries in the distribution API: how they are named, and that they are not pushed to. */
package io.longshore.registry.web.mirror;

/** What the JAX-RS applications have in common. Uses nothing of this project. */
package io.longshore.registry.web.api;

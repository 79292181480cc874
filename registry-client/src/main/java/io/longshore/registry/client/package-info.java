/**
 * A client of any registry that speaks the OCI distribution specification, {@link
 * io.longshore.registry.client.RegistryClient} first of all.
 *
 * <p>What a registry refuses is a {@link io.longshore.registry.model.RegistryException}; an {@link
 * java.io.IOException} says that it cannot be reached, does not keep to the specification, or serves other content than
 * it should.
 *
 * <p>Uses {@code model}, {@code client.auth} and {@code client.http}.
 */
package io.longshore.registry.client;

/**
 * Words of access control: actions, subjects, and what is granted to whom. Values without any behaviour but their
 * meaning, so that the configuration can speak of them as well as the feature {@code access}.
 *
 * <p>Uses the model and nothing else.
 */
package io.longshore.registry.permission;

/** Bearer tokens of a token service that is not ours, as distribution's {@code auth.token} has them. */
package io.longshore.registry.access.bearer;

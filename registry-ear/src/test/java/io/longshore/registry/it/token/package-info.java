/** The token service of the built server, asked as the clients that there are ask it. */
package io.longshore.registry.it.token;

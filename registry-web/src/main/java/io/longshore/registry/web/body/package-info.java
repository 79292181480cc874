/** The bytes that a client sends, and how their failure is told from a failure of what they are written to. */
package io.longshore.registry.web.body;

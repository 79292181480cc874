/** The bytes that a client sends and gets, and how a failure of its connection is told from one of the storage. */
package io.longshore.registry.web.body;

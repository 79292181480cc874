/**
 * The bytes that a client sends and gets, and how a failure of its connection is told from one of the storage. Uses the
 * model.
 */
package io.longshore.registry.web.body;

/** Conditional requests: entity tags (RFC 9110, sections 8.8.3 and 13). Uses the model. */
package io.longshore.registry.web.condition;

/** Parts of content: ranges of downloads (RFC 9110, section 14) and of uploaded chunks. Uses the model. */
package io.longshore.registry.web.range;

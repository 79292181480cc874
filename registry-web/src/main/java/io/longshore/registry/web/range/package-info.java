/** Parts of content: ranges of downloads (RFC 9110, section 14) and of uploaded chunks. */
package io.longshore.registry.web.range;

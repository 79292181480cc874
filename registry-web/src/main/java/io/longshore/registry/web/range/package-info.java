/**
 * Parts of content: ranges of downloads (RFC 9110, section 14) and of uploaded chunks. Uses the model, and of uploads
 * {@link io.longshore.registry.upload.ChunkRange}.
 */
package io.longshore.registry.web.range;

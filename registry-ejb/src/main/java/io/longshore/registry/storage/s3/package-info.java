/**
 * Keeps blobs in a bucket of Amazon S3 or of a store that speaks its API, in the tree of the distribution registry.
 *
 * <p>A stage is a row of objects, its segments: {@code <root>/docker/registry/v2/uploads/<stage>/<8-digit index>}, all
 * of the same size but the last. So acknowledged bytes are objects that any node can read, whatever the size of the
 * chunks, and the parts of the multipart upload that makes the blob are equal, as some stores insist. Nothing is looked
 * up by listing before it is read or written: the id of the stage and its size name every segment.
 *
 * <p>Uses the driver interface and the model, and of the other drivers nothing but what object stores have in common.
 */
package io.longshore.registry.storage.s3;

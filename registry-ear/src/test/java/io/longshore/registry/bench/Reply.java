package io.longshore.registry.bench;

/**
 * What came back to a request.
 *
 * @param bytes of the body that were read
 * @param contentLength as the header says, -1 if it does not
 * @param location null if there is none
 */
record Reply(int status, long bytes, long contentLength, String location) {}

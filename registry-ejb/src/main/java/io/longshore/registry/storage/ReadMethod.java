package io.longshore.registry.storage;

/** What an address of a blob is good for: stores sign it, too. */
public enum ReadMethod {
    GET,
    HEAD
}

package io.longshore.registry.storage.contract;

import io.longshore.registry.storage.BlobStore;
import java.io.IOException;

/** What the tests of the contract need from the test of a driver. */
public interface StoreUnderTest {

    /** The store to test: empty when a test begins, the same bytes at each call within one test. */
    BlobStore store() throws IOException;
}

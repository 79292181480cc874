/**
 * What every storage driver must do, as tests. The test of a driver implements
 * {@link io.longshore.registry.storage.contract.BlobStoreContract} and supplies the store; one that can run out of room
 * implements {@link io.longshore.registry.storage.contract.FullStoreContract} as well. Where a driver has to differ, it
 * overrides the test and says why.
 *
 * <p>Random content follows from a seed that is logged; {@code -Dlongshore.seed=…} repeats it.
 */
package io.longshore.registry.storage.contract;

package io.longshore.registry.storage.contract;

/**
 * All that a storage driver promises.
 *
 * <pre>{@code
 * class MyBlobStoreTest implements BlobStoreContract {
 *     private final BlobStore store = new MyBlobStore();
 *
 *     @Override
 *     public BlobStore store() {
 *         return store;
 *     }
 * }
 * }</pre>
 */
public interface BlobStoreContract
        extends StageContract,
                ResumeContract,
                ReadStageContract,
                UntouchedContract,
                CommitContract,
                OpenContract,
                DeleteContract,
                ConcurrencyContract,
                FailureContract,
                HistoryContract {}

package io.longshore.registry.storage.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.Response;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockList;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.models.DeleteSnapshotsOptionType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobCommitBlockListOptions;
import com.azure.storage.blob.options.BlockBlobListBlocksOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.options.BlockBlobStageBlockOptions;
import com.azure.storage.blob.specialized.BlockBlobClient;
import io.longshore.registry.storage.object.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The requests that the driver sends, each until it succeeds or there is no hope: then a {@link RefusedException} says
 * what the answer was. Versions are what Azure calls entity tags. Thread-safe.
 */
final class AzureContainer {
    private static final HttpHeaderName API_VERSION = HttpHeaderName.fromString("x-ms-version");
    private static final HttpHeaderName COPY_STATUS = HttpHeaderName.fromString("x-ms-copy-status");

    private final BlobContainerClient client;
    private final Calls calls;
    private final Signatures signatures;
    private final CopyRequests copies;

    AzureContainer(AzureSettings settings, HttpClient http, Limits limits, Executor background) throws IOException {
        BlobServiceClient service = Connection.service(settings, http);
        this.calls = new Calls(settings.maxRetries(), settings.retryDelay());
        this.client = service.getBlobContainerClient(settings.container());
        boolean withAccountKey = settings.credential() instanceof AzureCredential.SharedKey;
        this.signatures = new Signatures(service, client, withAccountKey, calls, background);
        this.copies = new CopyRequests(client, calls, signatures, limits);
    }

    Calls calls() {
        return calls;
    }

    Signatures signatures() {
        return signatures;
    }

    /**
     * Opens an object for reading, once: reading may break off later anyway.
     *
     * @param version which one it must be; null for any
     */
    Opened get(String name, long position, String version) throws IOException {
        HttpRequest request = new HttpRequest(HttpMethod.GET, blob(name).getBlobUrl())
                .setHeader(API_VERSION, client.getServiceVersion().getVersion())
                // is part of what is signed
                .setHeader(HttpHeaderName.CONTENT_LENGTH, "0");
        if (position > 0) {
            request.setHeader(HttpHeaderName.RANGE, "bytes=" + position + "-");
        }
        if (version != null) {
            request.setHeader(HttpHeaderName.IF_MATCH, version);
        }
        HttpResponse response = client.getHttpPipeline().sendSync(request, Context.NONE);
        if (response.getStatusCode() != 200 && response.getStatusCode() != 206) {
            try (response) {
                throw Calls.refused(response);
            }
        }
        if (!isWhole(response)) {
            response.close();
            throw new RefusedException(404, "CopyNotCompleted", null);
        }
        return new Opened(
                response.getHeaderValue(HttpHeaderName.ETAG), sizeBytes(response), response.getBodyAsInputStreamSync());
    }

    /** While a large object is being copied, and after that has failed, there is an empty object in its place. */
    private static boolean isWhole(HttpResponse response) {
        String copyStatus = response.getHeaderValue(COPY_STATUS);
        return copyStatus == null || copyStatus.equals("success");
    }

    private static long sizeBytes(HttpResponse response) throws IOException {
        String range = response.getHeaderValue(HttpHeaderName.CONTENT_RANGE);
        String size = range == null
                ? response.getHeaderValue(HttpHeaderName.CONTENT_LENGTH)
                : range.substring(range.indexOf('/') + 1);
        try {
            return Long.parseLong(size);
        } catch (NumberFormatException e) {
            response.close();
            throw new IOException("Azure did not say how large an object is", e);
        }
    }

    /** Replaces an object. */
    void put(String name, Spool bytes) throws IOException {
        Duration transfer = Patience.upload(bytes.sizeBytes());
        copies.replacing(name, bytes.sizeBytes(), () -> calls.run("write " + name, transfer,
                attempt -> block(name).uploadWithResponse(
                        new BlockBlobSimpleUploadOptions(data(bytes)), null, Patience.after(transfer))));
    }

    void stageBlock(String name, String blockId, Spool bytes) throws IOException {
        Duration transfer = Patience.upload(bytes.sizeBytes());
        calls.run("write a block of " + name, transfer, attempt -> block(name).stageBlockWithResponse(
                new BlockBlobStageBlockOptions(blockId, data(bytes)), null, Patience.after(transfer)));
    }

    private static BinaryData data(Spool bytes) {
        return BinaryData.fromStream(bytes.bytes(), bytes.sizeBytes());
    }

    /**
     * Makes an object of blocks; those that are not listed are forgotten.
     *
     * @param version which one to replace; null if there must be none
     * @return the new version
     */
    String commitBlocks(String name, List<Block> blocks, String version) throws IOException {
        List<String> ids = blocks.stream().map(Block::id).toList();
        BlobRequestConditions conditions = version == null
                ? new BlobRequestConditions().setIfNoneMatch("*")
                : new BlobRequestConditions().setIfMatch(version);
        return calls.run("join the blocks of " + name, attempt -> {
            try {
                return block(name).commitBlockListWithResponse(
                                new BlockBlobCommitBlockListOptions(ids).setRequestConditions(conditions),
                                null, Context.NONE)
                        .getValue().getETag();
            } catch (RuntimeException e) {
                if (attempt > 0) {
                    return versionMadeBefore(name, blocks, Calls.explain(e));
                }
                throw e;
            }
        });
    }

    /** The answer to an earlier attempt may have been lost. Ids of blocks are used once, so the list tells. */
    private String versionMadeBefore(String name, List<Block> blocks, IOException failure) throws IOException {
        if (failure instanceof RefusedException refused && !refused.isTransient()) {
            BlockListing found = blocks(name);
            if (found.blocks().equals(blocks)) {
                return found.version();
            }
        }
        throw failure;
    }

    /** What an object is made of. */
    BlockListing blocks(String name) throws IOException {
        Response<BlockList> response = calls.run("look at " + name, attempt -> block(name).listBlocksWithResponse(
                new BlockBlobListBlocksOptions(BlockListType.COMMITTED), null, Context.NONE));
        String version = response.getHeaders().getValue(HttpHeaderName.ETAG);
        if (version == null) {
            // blocks without an object
            throw new RefusedException(404, "BlobNotFound", null);
        }
        return new BlockListing(version, response.getValue().getCommittedBlocks().stream()
                .map(block -> new Block(block.getName(), block.getSizeLong()))
                .collect(Collectors.toUnmodifiableList()));
    }

    /** Replaces an object by a copy of another one, which must have this version. */
    void copy(String from, String version, long sizeBytes, String to) throws IOException {
        copies.copy(from, version, sizeBytes, to);
    }

    /** Removes an object. Returns whether there was one, as far as that can be known. */
    boolean delete(String name) throws IOException {
        return calls.run("delete " + name, attempt -> {
            boolean deleted = blob(name)
                    .deleteIfExistsWithResponse(DeleteSnapshotsOptionType.INCLUDE, null, null, Context.NONE)
                    .getValue();
            return deleted || attempt > 0;
        });
    }

    /** All objects whose names begin so. The stream throws {@link UncheckedIOException}. */
    Stream<BlobItem> list(String prefix) throws IOException {
        PagedResponse<BlobItem> first = page(prefix, null);
        return Stream.iterate(first, Objects::nonNull, page -> next(prefix, page))
                .flatMap(page -> page.getValue().stream());
    }

    private PagedResponse<BlobItem> next(String prefix, PagedResponse<BlobItem> page) {
        String continuation = page.getContinuationToken();
        if (continuation == null || continuation.isEmpty()) {
            return null;
        }
        try {
            return page(prefix, continuation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PagedResponse<BlobItem> page(String prefix, String continuation) throws IOException {
        ListBlobsOptions options = new ListBlobsOptions().setPrefix(prefix);
        return calls.run("list " + prefix, attempt ->
                client.listBlobs(options, continuation, null).iterableByPage().iterator().next());
    }

    private BlobClient blob(String name) {
        return client.getBlobClient(name);
    }

    private BlockBlobClient block(String name) {
        return blob(name).getBlockBlobClient();
    }
}

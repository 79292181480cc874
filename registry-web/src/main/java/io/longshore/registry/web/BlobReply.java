package io.longshore.registry.web;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.web.body.ReplyBody;
import io.longshore.registry.web.condition.ETag;
import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import io.longshore.registry.web.range.ByteRange;
import io.longshore.registry.web.range.ByteRanges;
import io.longshore.registry.web.range.MultipartRanges;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The reply to GET of a blob: all of it, a part, or several parts (RFC 9110, section 14). */
final class BlobReply {
    private final Digest digest;
    private final long sizeBytes;
    private final Opener blob;

    BlobReply(Digest digest, long sizeBytes, Opener blob) {
        this.digest = digest;
        this.sizeBytes = sizeBytes;
        this.blob = blob;
    }

    /** Opens the blob to read from {@code position} on. */
    @FunctionalInterface
    interface Opener {
        BlobContent at(long position) throws IOException;
    }

    /** Headers that every successful answer about a blob has. */
    static Response.ResponseBuilder described(Response.ResponseBuilder response, Digest digest) {
        return response.header(Headers.DIGEST, digest)
                .header(HttpHeaders.ETAG, ETag.of(digest))
                .header(HttpHeaders.CACHE_CONTROL, Headers.IMMUTABLE)
                .header(Headers.ACCEPT_RANGES, "bytes");
    }

    /**
     * The reply to a request for {@code range}, null for the whole blob. The blob is opened here, so that one that is
     * lost fails the request, and closed when the reply is sent.
     */
    Response to(String range) throws IOException {
        try {
            Optional<List<ByteRange>> parts = ByteRanges.parse(range, sizeBytes);
            if (parts.isEmpty()) {
                return whole();
            }
            return parts.get().size() == 1 ? part(parts.get().get(0)) : severalParts(parts.get());
        } catch (ByteRanges.NotSatisfiableException e) {
            return notSatisfiable();
        }
    }

    private Response whole() throws IOException {
        ByteRange all = new ByteRange(0, sizeBytes - 1);
        return sent(Response.ok(output(all)), MediaTypes.OCTET_STREAM, sizeBytes);
    }

    private Response part(ByteRange part) throws IOException {
        Response.ResponseBuilder response = Response.status(Response.Status.PARTIAL_CONTENT)
                .header(Headers.CONTENT_RANGE, part.contentRange(sizeBytes))
                .entity(output(part));
        return sent(response, MediaTypes.OCTET_STREAM, part.sizeBytes());
    }

    private Response severalParts(List<ByteRange> parts) throws IOException {
        MultipartRanges multipart = MultipartRanges.of(parts, sizeBytes, MediaTypes.OCTET_STREAM);
        BlobContent content = blob.at(parts.get(0).start());
        StreamingOutput output = new ReplyBody(out -> {
            try (content) {
                multipart.write(out, part -> BlobOutput.copy(content, part, out));
            }
        });
        Response.ResponseBuilder response =
                Response.status(Response.Status.PARTIAL_CONTENT).entity(output);
        return sent(response, multipart.mediaType(), multipart.sizeBytes());
    }

    private StreamingOutput output(ByteRange part) throws IOException {
        BlobContent content = blob.at(part.start());
        return new ReplyBody(out -> {
            try (content) {
                BlobOutput.copy(content, part, out);
            }
        });
    }

    private Response sent(Response.ResponseBuilder response, String mediaType, long bodyBytes) {
        return described(response, digest)
                .header(HttpHeaders.CONTENT_TYPE, mediaType)
                .header(HttpHeaders.CONTENT_LENGTH, bodyBytes)
                .build();
    }

    private Response notSatisfiable() {
        RegistryException answer = new RegistryException.Refused(
                RegistryException.Kind.RANGE_NOT_SATISFIABLE,
                ErrorCode.RANGE_INVALID,
                "the blob has " + sizeBytes + " bytes, and the range is not within them",
                digest.toString());
        return RegistryExceptionMapper.reply(Failure.of(answer), HttpMethod.GET)
                .header(Headers.CONTENT_RANGE, "bytes */" + sizeBytes)
                .build();
    }
}

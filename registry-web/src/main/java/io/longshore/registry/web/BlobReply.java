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

    private BlobReply() {}

    /** Headers that every successful answer about a blob has. */
    static Response.ResponseBuilder described(Response.ResponseBuilder response, Digest digest) {
        return response.header(Headers.DIGEST, digest)
                .header(HttpHeaders.ETAG, ETag.of(digest))
                .header(HttpHeaders.CACHE_CONTROL, Headers.IMMUTABLE)
                .header(Headers.ACCEPT_RANGES, "bytes");
    }

    /**
     * @param content closed when the reply is sent, or here if there is nothing of it to send
     * @param range the request's {@code Range}, null if it has none or it does not apply
     */
    static Response of(Digest digest, BlobContent content, String range) throws IOException {
        try {
            Optional<List<ByteRange>> parts = ByteRanges.parse(range, content.sizeBytes());
            if (parts.isEmpty()) {
                return whole(digest, content);
            }
            return parts.get().size() == 1
                    ? part(digest, content, parts.get().get(0))
                    : severalParts(digest, content, parts.get());
        } catch (ByteRanges.NotSatisfiableException e) {
            content.close();
            return notSatisfiable(content.sizeBytes(), digest);
        }
    }

    private static Response whole(Digest digest, BlobContent content) {
        ByteRange all = new ByteRange(0, content.sizeBytes() - 1);
        return sent(Response.ok(output(content, all)), digest, MediaTypes.OCTET_STREAM, content.sizeBytes());
    }

    private static Response part(Digest digest, BlobContent content, ByteRange part) {
        Response.ResponseBuilder response = Response.status(Response.Status.PARTIAL_CONTENT)
                .header(Headers.CONTENT_RANGE, part.contentRange(content.sizeBytes()))
                .entity(output(content, part));
        return sent(response, digest, MediaTypes.OCTET_STREAM, part.sizeBytes());
    }

    private static Response severalParts(Digest digest, BlobContent content, List<ByteRange> parts) {
        MultipartRanges multipart = MultipartRanges.of(parts, content.sizeBytes(), MediaTypes.OCTET_STREAM);
        StreamingOutput output = new ReplyBody(out -> {
            try (content) {
                multipart.write(out, part -> BlobOutput.copy(content, part, out));
            }
        });
        Response.ResponseBuilder response =
                Response.status(Response.Status.PARTIAL_CONTENT).entity(output);
        return sent(response, digest, multipart.mediaType(), multipart.sizeBytes());
    }

    private static StreamingOutput output(BlobContent content, ByteRange part) {
        return new ReplyBody(out -> {
            try (content) {
                BlobOutput.copy(content, part, out);
            }
        });
    }

    private static Response sent(Response.ResponseBuilder response, Digest digest, String mediaType, long sizeBytes) {
        return described(response, digest)
                .header(HttpHeaders.CONTENT_TYPE, mediaType)
                .header(HttpHeaders.CONTENT_LENGTH, sizeBytes)
                .build();
    }

    private static Response notSatisfiable(long sizeBytes, Digest digest) {
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

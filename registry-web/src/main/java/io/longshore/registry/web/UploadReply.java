package io.longshore.registry.web;

import io.longshore.registry.model.Digest;
import io.longshore.registry.upload.UploadBody;
import io.longshore.registry.upload.UploadId;
import io.longshore.registry.web.body.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.OptionalLong;

/** What requests and replies of uploads have in common. */
final class UploadReply {

    private UploadReply() {}

    /** The bytes of a request, as many as it announces, or to their end if it announces nothing. */
    static UploadBody body(HttpServletRequest request) throws IOException {
        long announced = request.getContentLengthLong();
        return new UploadBody(
                new RequestBody(request.getInputStream()),
                announced < 0 ? OptionalLong.empty() : OptionalLong.of(announced));
    }

    /** Adds where to go on and how far the upload has come: {@code 0-<last byte>}, and {@code 0-0} before the first. */
    static Response.ResponseBuilder progress(
            Response.ResponseBuilder response, String location, UploadId id, long sizeBytes) {
        return response.header(HttpHeaders.LOCATION, location)
                .header(Headers.RANGE, "0-" + Math.max(0, sizeBytes - 1))
                .header(Headers.UPLOAD_UUID, id);
    }

    static Response created(String location, Digest digest) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, location)
                .header(Headers.DIGEST, digest)
                .header(HttpHeaders.CONTENT_LENGTH, 0)
                .build();
    }
}

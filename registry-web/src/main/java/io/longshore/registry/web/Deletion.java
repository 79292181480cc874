package io.longshore.registry.web;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Whether clients may delete: {@code storage.delete.enabled}. */
public record Deletion(boolean enabled) {

    /**
     * Deletes, if that is permitted, and answers. Where it is not, or the thing is needed, the reply names the methods
     * that are left, as RFC 9110 wants of each 405.
     *
     * @param others the methods of the route but for DELETE, as {@code Allow} lists them
     */
    Response answer(String others, Runnable delete) {
        try {
            check();
            delete.run();
            return Response.accepted().header(HttpHeaders.CONTENT_LENGTH, 0).build();
        } catch (RegistryException.Refused e) {
            if (e.kind() != Kind.NOT_ALLOWED) {
                throw e;
            }
            return RegistryExceptionMapper.reply(Failure.of(e), HttpMethod.DELETE)
                    .header(HttpHeaders.ALLOW, others)
                    .build();
        }
    }

    private void check() {
        if (!enabled) {
            throw new RegistryException.Refused(
                    Kind.NOT_ALLOWED, ErrorCode.UNSUPPORTED, "deleting is switched off: storage.delete.enabled", "");
        }
    }
}

package io.longshore.registry.web.token;

import io.longshore.registry.access.token.IssuedToken;
import io.longshore.registry.access.token.Scopes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.web.body.JsonObject;
import java.util.List;

/** The JSON documents of the token service. */
final class TokenReply {
    /** Nobody keeps a token but the client (RFC 6749, section 5.1). */
    static final String NO_STORE = "no-store";

    private TokenReply() {}

    /** A token, under the name that Docker began with and the one that OAuth has. */
    static byte[] token(IssuedToken issued) {
        return JsonObject.of(json -> {
            json.writeStringField("token", issued.token().reveal());
            json.writeStringField("access_token", issued.token().reveal());
            json.writeStringField("token_type", "Bearer");
            json.writeNumberField("expires_in", issued.lifetime().toSeconds());
            json.writeStringField("issued_at", issued.issuedAt().toString());
            json.writeStringField("scope", Scopes.format(issued.access()));
            if (issued.refreshToken().isPresent()) {
                json.writeStringField("refresh_token", issued.refreshToken().get().reveal());
            }
        });
    }

    /** @param error in the words of OAuth */
    static byte[] failure(String error, List<RegistryException.Error> errors) {
        return JsonObject.of(json -> {
            json.writeStringField("error", error);
            json.writeStringField("error_description", errors.get(0).message());
            json.writeArrayFieldStart("errors");
            for (RegistryException.Error each : errors) {
                json.writeStartObject();
                json.writeStringField("code", each.code().name());
                json.writeStringField("message", each.message());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}

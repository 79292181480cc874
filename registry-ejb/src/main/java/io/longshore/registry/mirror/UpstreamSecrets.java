package io.longshore.registry.mirror;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.seal.Seal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of an upstream must not be seen: who this registry is there.
 *
 * @param identity a certificate and its key
 */
record UpstreamSecrets(Optional<UpstreamConfig.Login> login, Optional<UpstreamConfig.Identity> identity) {
    private static final JsonFactory JSON = new JsonFactory();

    static UpstreamSecrets of(UpstreamConfig upstream) {
        return new UpstreamSecrets(upstream.login(), upstream.trust().identity());
    }

    /** As it lies in the database: two lists of texts, user and password, certificates and key, sealed. */
    String closed(Seal seal) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            write(json, login.map(one -> List.of(Secret.of(one.user()), one.password())));
            write(json, identity.map(one -> List.of(Secret.of(one.certificates()), one.key())));
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return seal.close(text.toString());
    }

    private static void write(JsonGenerator json, Optional<List<Secret>> secrets) throws IOException {
        json.writeStartArray();
        for (Secret secret : secrets.orElse(List.of())) {
            json.writeString(secret.reveal());
        }
        json.writeEndArray();
    }

    /** @throws GeneralSecurityException if it was sealed with another secret */
    static UpstreamSecrets opened(String text, Seal seal) throws GeneralSecurityException {
        try (JsonParser json = JSON.createParser(seal.open(text))) {
            json.nextToken();
            json.nextToken();
            List<String> login = texts(json);
            json.nextToken();
            List<String> identity = texts(json);
            return new UpstreamSecrets(
                    login.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new UpstreamConfig.Login(login.get(0), Secret.of(login.get(1)))),
                    identity.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new UpstreamConfig.Identity(identity.get(0), Secret.of(identity.get(1)))));
        } catch (IOException | IndexOutOfBoundsException e) {
            // The cause might say a part.
            throw new GeneralSecurityException("it cannot be read");
        }
    }

    private static List<String> texts(JsonParser json) throws IOException {
        List<String> texts = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(json.getText());
        }
        return texts;
    }

    /** The same upstream with them. */
    UpstreamConfig in(UpstreamConfig upstream) {
        UpstreamConfig.Trust trust = upstream.trust();
        return new UpstreamConfig(
                upstream.name(), upstream.url(), login, upstream.place(), upstream.tagLifetime(), upstream.keeping(),
                upstream.limits(), new UpstreamConfig.Trust(trust.authorities(), identity, trust.insecure()),
                upstream.pushable());
    }
}

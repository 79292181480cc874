package io.longshore.registry.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.longshore.registry.config.Secret;
import io.longshore.registry.seal.Seal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of an endpoint must not be seen: its address, the values of its headers, and the keys of its signatures.
 *
 * @param headers by name
 * @param keys the newest first
 */
record EndpointSecrets(Secret url, Map<String, List<Secret>> headers, List<Secret> keys) {
    private static final JsonFactory JSON = new JsonFactory();

    static EndpointSecrets of(Endpoint endpoint) {
        return new EndpointSecrets(
                Secret.of(endpoint.url().toString()), endpoint.headers(), endpoint.secrets());
    }

    /** As it lies in the database: a list of lists of texts, the address, the keys and then each header, sealed. */
    String closed(Seal seal) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            write(json, List.of(url));
            write(json, keys);
            for (Map.Entry<String, List<Secret>> header : headers.entrySet()) {
                List<Secret> nameAndValues = new ArrayList<>(List.of(Secret.of(header.getKey())));
                nameAndValues.addAll(header.getValue());
                write(json, nameAndValues);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return seal.close(text.toString());
    }

    private static void write(JsonGenerator json, List<Secret> secrets) throws IOException {
        json.writeStartArray();
        for (Secret secret : secrets) {
            json.writeString(secret.reveal());
        }
        json.writeEndArray();
    }

    /** @throws GeneralSecurityException if it was sealed with another secret */
    static EndpointSecrets opened(String text, Seal seal) throws GeneralSecurityException {
        try (JsonParser json = JSON.createParser(seal.open(text))) {
            json.nextToken();
            json.nextToken();
            Secret url = texts(json).get(0);
            json.nextToken();
            List<Secret> keys = texts(json);
            Map<String, List<Secret>> headers = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                List<Secret> nameAndValues = texts(json);
                headers.put(nameAndValues.get(0).reveal(), nameAndValues.subList(1, nameAndValues.size()));
            }
            return new EndpointSecrets(url, headers, keys);
        } catch (IOException e) {
            // The cause might say a part.
            throw new GeneralSecurityException("it cannot be read");
        }
    }

    private static List<Secret> texts(JsonParser json) throws IOException {
        List<Secret> texts = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(Secret.of(json.getText()));
        }
        return texts;
    }

    Endpoint in(Endpoint endpoint) {
        return new Endpoint(
                endpoint.id(), endpoint.name(), URI.create(url.reveal()), headers, endpoint.format(), endpoint.filter(),
                endpoint.pace(), endpoint.batchSize(), endpoint.includeReferences(), keys, endpoint.route());
    }
}

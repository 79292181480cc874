package io.longshore.registry.replication;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.longshore.registry.config.Secret;
import io.longshore.registry.replication.Remote.Login;
import io.longshore.registry.seal.Seal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;

/** The login of a rule as it lies in the database: a list of two texts, user and password, sealed. Thread-safe. */
final class RuleSecrets {
    private static final JsonFactory JSON = new JsonFactory();

    private final Seal seal;

    RuleSecrets(Seal seal) {
        this.seal = seal;
    }

    String closed(Login login) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            json.writeString(login.user());
            json.writeString(login.password().reveal());
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return seal.close(text.toString());
    }

    /** @throws GeneralSecurityException if it was sealed with another secret */
    Login opened(String text) throws GeneralSecurityException {
        try (JsonParser json = JSON.createParser(seal.open(text))) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new GeneralSecurityException("it cannot be read");
            }
            String user = json.nextTextValue();
            String password = json.nextTextValue();
            if (user == null || password == null) {
                throw new GeneralSecurityException("it cannot be read");
            }
            return new Login(user, Secret.of(password));
        } catch (IOException e) {
            // The cause might say a part.
            throw new GeneralSecurityException("it cannot be read");
        }
    }
}

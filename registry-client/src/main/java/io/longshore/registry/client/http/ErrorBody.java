package io.longshore.registry.client.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Quoted;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Reads the body of a refusal (OCI distribution-spec, "Error Codes"). */
final class ErrorBody {
    private static final JsonFactory FACTORY = new JsonFactory();

    private ErrorBody() {}

    /** The errors it names; none if it is no such body. */
    static List<RegistryException.Error> parse(byte[] body) {
        List<RegistryException.Error> errors = new ArrayList<>();
        try (JsonParser json = FACTORY.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return List.of();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isErrors = json.currentName().equals("errors");
                if (json.nextToken() == JsonToken.START_ARRAY && isErrors) {
                    readAll(json, errors);
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            return List.of();
        }
        return errors;
    }

    private static void readAll(JsonParser json, List<RegistryException.Error> errors) throws IOException {
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                errors.add(read(json));
            }
            json.skipChildren();
        }
    }

    private static RegistryException.Error read(JsonParser json) throws IOException {
        String code = "";
        String message = "";
        String detail = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "code" -> code = text(json);
                case "message" -> message = text(json);
                case "detail" -> detail = text(json);
                default -> json.skipChildren();
            }
        }
        return error(Quoted.of(code), Quoted.of(message), Quoted.of(detail));
    }

    private static RegistryException.Error error(String name, String message, String detail) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return new RegistryException.Error(code, message.isEmpty() ? name : message, detail);
            }
        }
        String said = name.isEmpty() || message.isEmpty() ? name + message : name + ": " + message;
        return new RegistryException.Error(ErrorCode.UNKNOWN, said.isEmpty() ? "refused" : said, detail);
    }

    /** A string as it is, and everything else as it is written. */
    private static String text(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        if (json.currentToken().isScalarValue()) {
            return json.getText();
        }
        StringWriter written = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(written)) {
            generator.copyCurrentStructure(json);
        }
        return written.toString();
    }
}

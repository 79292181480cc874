package io.longshore.registry.client.layout;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The file that says that something is a layout, and of which version (OCI image-spec, Image Layout, "oci-layout file").
 */
public final class LayoutMark {
    public static final String FILE = "oci-layout";

    /** What it says of the layouts that are written here. */
    public static final String TEXT = "{\"imageLayoutVersion\":\"1.0.0\"}";

    private static final JsonFactory JSON = new JsonFactory();

    private LayoutMark() {}

    /** Whether the file with this text marks a layout that can be read here. */
    public static boolean isKnown(String text) throws IOException {
        String version = "";
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isVersion = parser.currentName().equals("imageLayoutVersion");
                parser.nextToken();
                if (isVersion) {
                    version = parser.getValueAsString("");
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException e) {
            return false;
        }
        return version.equals("1.0.0");
    }
}

package io.longshore.registry.provision;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What a {@code module.xml} of JBoss Modules says about a module: the modules without which it does not load. For an
 * alias that is its target.
 *
 * @param required names of the modules needed, in the order of the file; optional ones are left out
 */
record ModuleDescriptor(Set<String> required) {

    /** Reads a {@code module.xml}; the caller closes the stream. */
    static ModuleDescriptor read(InputStream xml) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try {
            return read(factory.createXMLStreamReader(xml));
        } catch (XMLStreamException e) {
            throw new IOException("a module descriptor is not well-formed", e);
        }
    }

    private static ModuleDescriptor read(XMLStreamReader reader) throws XMLStreamException {
        Set<String> required = new LinkedHashSet<>();
        boolean insideDependencies = false;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamReader.END_ELEMENT && reader.getLocalName().equals("dependencies")) {
                insideDependencies = false;
            }
            if (event != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            switch (reader.getLocalName()) {
                case "module-alias" -> required.add(reader.getAttributeValue(null, "target-name"));
                case "dependencies" -> insideDependencies = true;
                case "module" -> {
                    if (insideDependencies && !"true".equals(reader.getAttributeValue(null, "optional"))) {
                        required.add(reader.getAttributeValue(null, "name"));
                    }
                }
                default -> { }
            }
        }
        return new ModuleDescriptor(required);
    }
}

package io.longshore.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** The bill of materials has no parent that it could have its version from. */
class BillOfMaterialsTest {
    @Test
    void hasTheVersionOfTheLibrary() throws Exception {
        String version = text("../pom.xml", "/project/version");

        assertThat(text("../registry-bom/pom.xml", "/project/version")).isEqualTo(version).isNotEmpty();
        assertThat(text("pom.xml", "/project/parent/version")).isEqualTo(version);
    }

    @Test
    void managesNothingOfOthers() throws Exception {
        String managed = "/project/dependencyManagement/dependencies/dependency";

        assertThat(text("../registry-bom/pom.xml", "count(" + managed + ")")).isEqualTo("3");
        assertThat(text("../registry-bom/pom.xml",
                        "count(" + managed + "[groupId='io.longshore' and version='${project.version}'])"))
                .isEqualTo("3");
    }

    private static String text(String file, String path)
            throws IOException, ParserConfigurationException, SAXException, XPathExpressionException {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(file).toFile());
        return XPathFactory.newInstance().newXPath().evaluate(path, document);
    }
}

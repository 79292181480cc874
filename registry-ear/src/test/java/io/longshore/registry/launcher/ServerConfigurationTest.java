package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.InputSource;

/** The configuration of the built server, as it lies in the archive. */
class ServerConfigurationTest {
    private static ServerConfiguration installed() throws Exception {
        return new ServerConfiguration(Files.readString(Path.of("src/main/server/conf/standalone.xml")));
    }

    private static Document parse(ServerConfiguration configuration) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(configuration.xml())));
    }

    private static Map<String, String> attributes(Document document, String element) {
        assertThat(document.getElementsByTagName(element).getLength()).as(element).isEqualTo(1);
        NamedNodeMap found = document.getElementsByTagName(element).item(0).getAttributes();
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < found.getLength(); i++) {
            attributes.put(found.item(i).getNodeName(), found.item(i).getNodeValue());
        }
        return attributes;
    }

    private static int count(Document document, String element) {
        return document.getElementsByTagName(element).getLength();
    }

    @Test
    void hasNothingOfTlsUnlessItIsAskedFor() throws Exception {
        Document plain = parse(installed());

        assertThat(count(plain, "https-listener")).isZero();
        assertThat(count(plain, "server-ssl-context")).isZero();
        assertThat(count(plain, "extension")).isEqualTo(10);
    }

    @Test
    void hasAListenerForHttpsInsteadOfTheOneForHttp() throws Exception {
        Document secure = parse(installed().withTls());

        assertThat(count(secure, "http-listener")).isZero();
        assertThat(attributes(secure, "https-listener")).containsEntry("ssl-context", "registry");
        assertThat(attributes(secure, "server-ssl-context")).containsEntry("name", "registry");
        assertThat(count(secure, "extension")).isEqualTo(11);
        assertThat(installed().withTls().xml()).doesNotContain("<?tls");
    }

    @Test
    void limitsHttpsAsHttp() throws Exception {
        Map<String, String> plain = attributes(parse(installed()), "http-listener");
        Map<String, String> secure = attributes(parse(installed().withTls()), "https-listener");

        plain.remove("name");
        assertThat(secure).containsAllEntriesOf(plain);
    }

    @Test
    void noticesThatThereIsNoPlaceForTls() {
        ServerConfiguration other = new ServerConfiguration("<server/>");

        assertThatThrownBy(other::withTls).isInstanceOf(IllegalStateException.class);
    }
}

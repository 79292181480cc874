package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.config.AddressRange;
import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.notification.Answer;
import io.longshore.registry.config.EndpointConfig.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers are reached, and by which proxies. */
class HttpSenderTargetsTest {
    private static final TargetRules INTERNET = new TargetRules(true, false, List.of());
    private static final TargetRules THIS_MACHINE =
            new TargetRules(true, false, List.of(AddressRange.parse("127.0.0.1")));
    private static final String DONE = "HTTP/1.1 204 No Content\r\n\r\n";
    private static final String NOT_PERMITTED =
            "the host has no address that is permitted: they are of this machine or of an internal network";

    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer(RawServer.replying(DONE));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Answer send(TargetRules rules, Endpoints endpoint, String... addresses) throws Exception {
        try (HttpSender sender = new HttpSender(rules, "1", host -> resolved(host, addresses), Duration.ofMinutes(1))) {
            return sender.send(endpoint.make(), List.of(Events.ping())).get();
        }
    }

    private static InetAddress[] resolved(String host, String... addresses) throws UnknownHostException {
        if (host.startsWith("[") || AddressRange.isAddress(host)) {
            return InetAddress.getAllByName(host);
        }
        InetAddress[] found = new InetAddress[addresses.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
        }
        return found;
    }

    private Endpoints endpoint(String host) {
        return Endpoints.to(URI.create("http://" + host + ":" + server.url("http").getPort() + "/hook"));
    }

    private Endpoints through(String userInfo, String url) {
        URI proxy = URI.create("http://" + userInfo + "127.0.0.1:" + server.url("http").getPort());
        return Endpoints.to(URI.create(url)).route(new Route(Optional.empty(), Optional.of(proxy)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "fe80::1", "::ffff:127.0.0.1"})
    void doesNotConnectToANameWhoseAddressIsInternal(String address) throws Exception {
        Answer answer = send(INTERNET, endpoint("hooks.example.com"), address);

        assertThat(answer.status()).isEmpty();
        assertThat(answer.detail()).isEqualTo(NOT_PERMITTED);
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "127.0.0.1."})
    void doesNotConnectToInternalAddresses(String host) throws Exception {
        assertThat(send(INTERNET, endpoint(host), "127.0.0.1").status()).isEmpty();
        assertThat(server.connections()).isZero();
    }

    @Test
    void connectsToAddressesThatArePermittedAllTheSame() throws Exception {
        assertThat(send(THIS_MACHINE, endpoint("hooks.example.com"), "127.0.0.1").status()).hasValue(204);
        assertThat(send(THIS_MACHINE, endpoint("127.0.0.1")).status()).hasValue(204);
        assertThat(send(THIS_MACHINE, endpoint("[::ffff:127.0.0.1]")).status()).hasValue(204);
        assertThat(server.head()).contains("Host: hooks.example.com:");
    }

    @Test
    void connectsToThePermittedAddressesOfANameOnly() throws Exception {
        assertThat(send(THIS_MACHINE, endpoint("hooks.example.com"), "127.0.0.2", "10.0.0.1", "127.0.0.1").status())
                .hasValue(204);
    }

    @Test
    void looksAtTheAddressThatItConnectsToEveryTime() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        PermittedAddresses.Lookup rebinding = host ->
                new InetAddress[] {InetAddress.getByName(asked.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2")};
        try (HttpSender sender = new HttpSender(THIS_MACHINE, "1", rebinding, Duration.ofMinutes(1));
                RawServer closing = new RawServer((me, connection) -> {
                    me.readRequest(connection);
                    RawServer.write(connection, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
                })) {
            URI url = URI.create("http://hooks.example.com:" + closing.url("http").getPort() + "/");
            Answer first = sender.send(Endpoints.to(url).make(), List.of(Events.ping())).get();
            Answer second = sender.send(Endpoints.to(url).make(), List.of(Events.ping())).get();

            assertThat(first.status()).hasValue(204);
            assertThat(second.detail()).isEqualTo(NOT_PERMITTED);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void saysThatAUrlIsNotPermittedAndDoesNotRepeatIt() throws Exception {
        Answer answer = send(TargetRules.STRICT, endpoint("hooks.example.com"), "127.0.0.1");

        assertThat(answer.detail()).isEqualTo("expected a URL of https://");
    }

    @Test
    void leavesNamesToTheProxy() throws Exception {
        assertThat(send(THIS_MACHINE, through("", "http://hooks.example.com/hook?a=b")).status()).hasValue(204);
        assertThat(server.head())
                .startsWith("POST http://hooks.example.com/hook?a=b HTTP/1.1\r\n")
                .contains("Host: hooks.example.com\r\n");
    }

    @Test
    void doesNotAskTheProxyForInternalAddresses() throws Exception {
        assertThat(send(THIS_MACHINE, through("", "http://169.254.169.254/")).detail()).contains("not permitted");
        assertThat(send(THIS_MACHINE, through("", "https://[::1]/")).detail()).contains("not permitted");
        assertThat(server.connections()).isZero();
    }

    @Test
    void doesNotUseAProxyThatIsNotPermitted() throws Exception {
        assertThat(send(INTERNET, through("", "http://hooks.example.com/")).detail()).contains("not permitted");
        assertThat(server.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"200 Fine", "302 Found", "403 Forbidden", "407 Proxy Authentication Required"})
    void takesNoAnswerOfTheProxyForOneOfTheServer(String status) throws Exception {
        try (RawServer proxy = new RawServer((me, connection) -> {
            me.readRequest(connection);
            RawServer.write(connection, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
        })) {
            Route route = new Route(Optional.empty(), Optional.of(URI.create("http://127.0.0.1:" + port(proxy))));
            Answer answer = send(THIS_MACHINE, Endpoints.to(URI.create("https://hooks.example.com/")).route(route));

            assertThat(answer.status()).isEmpty();
            assertThat(answer.isReceived()).isFalse();
            assertThat(answer.detail())
                    .isEqualTo(status.startsWith("200")
                            ? "TLS failed: TLS handshake failed"
                            : "the proxy does not connect, its status is " + status.substring(0, 3));
            assertThat(proxy.head()).startsWith("CONNECT hooks.example.com:443 HTTP/1.1\r\n");
        }
    }

    @Test
    void givesUpOnAProxyThatSaysNothing() throws Exception {
        try (RawServer proxy = new RawServer(RawServer::awaitEnd)) {
            Route route = new Route(Optional.empty(), Optional.of(URI.create("http://127.0.0.1:" + port(proxy))));
            Answer answer = send(THIS_MACHINE, Endpoints.to(URI.create("https://hooks.example.com/"))
                    .route(route)
                    .timeout(Duration.ofMillis(300)));

            assertThat(answer.detail()).isEqualTo("no end of the reply within 300 ms");
            assertThat(proxy.seesAnEnd()).isTrue();
        }
    }

    @Test
    void tellsTheProxyWhoItIsIfThatAsks() throws Exception {
        try (RawServer proxy = new RawServer((me, connection) -> {
            me.readRequest(connection);
            RawServer.write(connection, "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"a\"\r\n"
                    + "Content-Length: 0\r\n\r\n");
            me.readRequest(connection);
            RawServer.write(connection, "HTTP/1.1 403 not even s%3cret or s<cret\r\nContent-Length: 0\r\n\r\n");
            me.awaitEnd(connection);
        })) {
            URI url = URI.create("http://user:s%3Ccret@127.0.0.1:" + port(proxy));
            Answer answer = send(THIS_MACHINE, Endpoints.to(URI.create("https://hooks.example.com/"))
                    .route(new Route(Optional.empty(), Optional.of(url))));

            assertThat(answer.detail()).isEqualTo("the proxy does not connect, its status is 403");
            assertThat(proxy.head()).doesNotContain("Proxy-Authorization");
            // user:s<cret
            assertThat(proxy.head()).contains("Proxy-Authorization: Basic dXNlcjpzPGNyZXQ=\r\n");
        }
    }

    private static int port(RawServer server) {
        return server.url("http").getPort();
    }
}

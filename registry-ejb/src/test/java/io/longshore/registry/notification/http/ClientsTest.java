package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.config.EndpointConfig.Route;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Clients clients = new Clients(
            new PermittedAddresses(new TargetRules(true, true, List.of()), InetAddress::getAllByName), "test",
            Duration.ofMinutes(1), timer);

    @AfterEach
    void stop() {
        clients.close();
        timer.shutdownNow();
    }

    @Test
    void givesTheSameForTheSameWay() {
        CloseableHttpAsyncClient first = clients.of(Route.DIRECT, TIMEOUT);

        assertThat(clients.of(new Route(Optional.empty(), Optional.empty()), TIMEOUT)).isSameAs(first);
        assertThat(clients.of(Route.DIRECT, TIMEOUT.plusSeconds(1))).isNotSameAs(first);
        assertThat(clients.size()).isEqualTo(2);
    }

    @Test
    void replacesOneThatHasEndedByItself() {
        CloseableHttpAsyncClient first = clients.of(Route.DIRECT, TIMEOUT);
        first.close(CloseMode.IMMEDIATE);

        assertThat(clients.of(Route.DIRECT, TIMEOUT)).isNotSameAs(first);
        assertThat(clients.size()).isEqualTo(1);
    }
}

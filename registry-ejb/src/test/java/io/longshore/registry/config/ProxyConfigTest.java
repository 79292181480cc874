package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyConfigTest {

    @Test
    void mirrorsNothingUnlessSaid() {
        assertThat(Given.nothing().config().mirror().upstreams()).isEmpty();
    }

    @Test
    void readsTheKeysOfDistribution() {
        Given given = Given.file("""
                proxy:
                  remoteurl: https://registry-1.docker.io
                  username: alice
                  password: hunter2
                  ttl: 24h
                """);

        UpstreamConfig upstream = given.config().mirror().upstreams().get(0);

        assertThat(upstream.url()).hasToString("https://registry-1.docker.io");
        assertThat(upstream.login()).contains(new UpstreamConfig.Login("alice", Secret.of("hunter2")));
        assertThat(upstream.place()).isEqualTo(
                new UpstreamConfig.Place("", Set.of(), List.of(RepositoryPattern.ALL)));
        assertThat(upstream.keeping().unused()).contains(Duration.ofHours(24));
        assertThat(upstream.tagLifetime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(upstream.pushable()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"168h, PT168H", "3600000000000, PT1H", "0, ", "-1, ", "-1s, "})
    void readsTimesAsDistributionDoes(String text, Duration unused) {
        Given given = Given.file("proxy: {remoteurl: 'https://a.example', ttl: " + text + "}");

        assertThat(given.config().mirror().upstreams().get(0).keeping().unused())
                .isEqualTo(Optional.ofNullable(unused));
    }

    @Test
    void readsAsManyAsThereAre() {
        Given given = Given.file("""
                proxy:
                  remoteurl: https://registry-1.docker.io
                  namespaces: [docker.io]
                  repositories: [library/**]
                  upstreams:
                    - name: quay
                      remoteurl: https://quay.io
                    - name: github
                      remoteurl: http://ghcr.example:8080
                      username: bob
                      password: hunter2
                      prefix: mirrors/github
                      namespaces: [GHCR.io, 'ghcr.example:8080']
                      repositories: [team/*]
                      tagttl: 0
                      ttl: 0
                      maxsize: 100GiB
                      connections: 8
                      requestspersecond: 5
                      push: true
                      insecure: true
                """);

        List<UpstreamConfig> upstreams = given.config().mirror().upstreams();

        assertThat(upstreams).extracting(one -> one.place().prefix()).containsExactly("", "quay", "mirrors/github");
        assertThat(upstreams.get(2)).isEqualTo(new UpstreamConfig(
                "github", URI.create("http://ghcr.example:8080"),
                Optional.of(new UpstreamConfig.Login("bob", Secret.of("hunter2"))),
                new UpstreamConfig.Place(
                        "mirrors/github", Set.of("ghcr.io", "ghcr.example:8080"),
                        List.of(RepositoryPattern.parse("team/*"))),
                Duration.ZERO, new UpstreamConfig.Keeping(Optional.empty(), Optional.of(DataSize.parse("100GiB"))),
                new UpstreamConfig.Limits(8, OptionalInt.of(5)),
                new UpstreamConfig.Trust(Optional.empty(), Optional.empty(), true), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{name: a, remoteurl: 'https://b.example'}, {name: a, remoteurl: 'https://c.example', prefix: c} | name",
        "{name: a, remoteurl: 'https://b.example'}, {name: b, remoteurl: 'https://c.example', prefix: a} | prefix",
        "{name: a, remoteurl: 'https://b.example', namespaces: [n]}, {name: b, remoteurl: 'https://c.example',"
                + " namespaces: [N]} | namespaces"
    })
    void refusesTwoThatCouldBothBeMeant(String items, String key) {
        assertThat(Given.file("proxy: {upstreams: [" + items + "]}").problems())
                .singleElement().asString().startsWith("proxy.upstreams.1." + key);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "name | A/B", "name | -a", "remoteurl | ftp://a.example", "remoteurl | https://a.example/path",
        "remoteurl | 'https://u:hunter2@a.example'", "username | 'a:b'", "prefix | A", "namespaces | [a/b]",
        "repositories | []", "repositories | ['A*']", "tagttl | 1", "ttl | 1ns", "maxsize | 1", "connections | 0",
        "requestspersecond | 0", "push | yes", "insecure | 1", "cafile | /none.pem", "clientkey | /key.pem"
    })
    void refusesWhatIsNone(String key, String value) {
        String other = key.equals("name") ? "remoteurl: 'https://a.example'"
                : key.equals("remoteurl") ? "name: a" : "name: a, remoteurl: 'https://a.example'";

        assertThat(Given.file("proxy: {upstreams: [{" + other + ", " + key + ": " + value + "}]}").problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem)
                        .startsWith("proxy.upstreams.0." + key)
                        .doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({"username", "password", "namespaces", "repositories"})
    void wantsToKnowOfWhichRegistry(String key) {
        assertThat(Given.file("proxy: {" + key + ": a}").problems())
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("proxy." + key)
                        .contains("expected proxy.remoteurl to be set too"));
    }
}

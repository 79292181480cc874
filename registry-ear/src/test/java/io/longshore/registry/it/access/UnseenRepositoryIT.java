package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.Request;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.model.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody learns of a repository that they may not see: not by errors, not by lists, not by mounting. */
@ExtendWith(NoSecretsInLogs.class)
class UnseenRepositoryIT {
    private static final String NAME = "hidden/repository-";
    private static final List<String> VARYING = List.of("date", "docker-upload-uuid", "location");

    private static AccessServer server;
    private static Fixture hidden;

    @BeforeAll
    static void start() {
        server = AccessServer.shared();
        hidden = Fixture.existing(server, "private");
    }

    static Stream<Operation> inRepositories() {
        return Operation.all().stream().filter(operation -> operation.name().contains("{name}"));
    }

    @ParameterizedTest
    @MethodSource("inRepositories")
    void unknownAndForbiddenLookTheSame(Operation operation) {
        Fixture unknown = hidden.missing("private");
        for (Role role : List.of(
                Role.ANONYMOUS, Role.ANONYMOUS_TOKEN, Role.NOBODY, Role.TOKEN_OF_NOBODY, Role.TOKEN_FOR_NOTHING)) {
            assertThat(seen(operation, role, hidden)).as("%s", role).isEqualTo(seen(operation, role, unknown));
        }
    }

    /** All of a reply, but for the name of the repository. */
    private static String seen(Operation operation, Role role, Fixture fixture) {
        Http http = role.authorization(server, operation.need(), fixture.name())
                .map(value -> server.http().authorized(value))
                .orElseGet(server::http);
        Reply reply = operation.request(http, fixture, Role.NOBODY).send();
        Map<String, List<String>> headers = new TreeMap<>(reply.headers());
        headers.keySet().removeIf(name -> VARYING.contains(name.toLowerCase(Locale.ROOT)));
        assertThat(reply.status()).isGreaterThan(400);
        return (reply.status() + " " + headers + ' ' + reply.text()).replace(fixture.name(), NAME);
    }

    @Test
    void pagesOfTheCatalogHaveOnlyWhatMayBeSeen() {
        String folder = TestContent.newName("pages");
        List<String> open = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (String visibility : List.of("public", "private")) {
            for (int i = 0; i < 5; i++) {
                String name = visibility + '/' + folder + "/r" + i;
                new Repository(server.as(Account.KEEPER), name).pushImage("v1");
                all.add(name);
                if (visibility.equals("public")) {
                    open.add(name);
                }
            }
        }
        new Repository(server.as(Account.ROOT), "elsewhere/" + folder).pushImage("v1");

        assertThat(catalog(server.http(), folder)).isEqualTo(open);
        assertThat(catalog(server.as(Account.NOBODY), folder)).isEqualTo(open);
        assertThat(catalog(server.as(Account.PULLER), folder)).containsExactlyInAnyOrderElementsOf(all);
        String token = server.token(Account.PULLER, "registry:catalog:*");
        assertThat(catalog(server.http().authorized(Shown.bearer(token)), folder))
                .containsExactlyInAnyOrderElementsOf(all);
        String anonymous = server.token(Optional.empty(), "registry:catalog:*");
        assertThat(catalog(server.http().authorized(Shown.bearer(anonymous)), folder)).isEqualTo(open);
        assertThat(catalog(server.as(Account.ROOT), folder))
                .containsAll(all)
                .contains("elsewhere/" + folder);
    }

    /** All pages, three names on each but the last: a short page would tell of what was left out. */
    private static List<String> catalog(Http http, String folder) {
        List<String> found = new ArrayList<>();
        String next = "/v2/_catalog?n=3";
        while (next != null) {
            Reply page = http.get(next).send().expect(200);
            List<String> names = page.strings("repositories");
            found.addAll(names);
            String link = page.optionalHeader("Link").orElse(null);
            assertThat(names).hasSizeLessThanOrEqualTo(3).isNotEmpty();
            if (link != null) {
                assertThat(names).hasSize(3);
                assertThat(link).contains("last=" + names.get(2).replace("/", "%2F")).endsWith("; rel=\"next\"");
            }
            next = link == null ? null : link.substring(1, link.indexOf('>'));
        }
        found.removeIf(name -> !name.contains(folder));
        return found;
    }

    @Test
    void whoMayNotPullTheSourceBeginsAnUploadInPlaceOfAMount() {
        String target = "private/" + TestContent.newName("target");
        Repository secret = new Repository(server.as(Account.ROOT), "elsewhere/" + TestContent.newName("secret"));
        Digest blob = secret.push(TestContent.bytes(100));
        Http pusher = server.as(Account.PUSHER);

        Reply forbidden = mount(pusher, target, blob, "&from=" + secret.name()).expect(202);
        Reply absent = mount(pusher, target, TestContent.unknownDigest(), "&from=" + secret.name()).expect(202);
        Reply nowhere = mount(pusher, target, blob, "&from=" + TestContent.newName("nowhere")).expect(202);
        Reply anywhere = mount(pusher, target, blob, "").expect(202);

        assertThat(Stream.of(forbidden, absent, nowhere, anywhere).map(reply -> reply.headers().keySet()).distinct())
                .hasSize(1);
        pusher.get("/v2/" + target + "/blobs/" + blob).send().expectError(404, "BLOB_UNKNOWN");
        mount(server.as(Account.ROOT), target, blob, "").expect(201);
    }

    /** A token for the target alone pulls nothing from elsewhere, whatever its bearer may. */
    @Test
    void aTokenForTheTargetAloneMountsNothingFromElsewhere() {
        String target = "private/" + TestContent.newName("target");
        Digest blob = hidden.foreignBlob();
        String one = "repository:" + target + ":pull,push";
        String both = one + " repository:" + hidden.source().name() + ":pull";

        String from = "&from=" + hidden.source().name();
        mount(bearing(one), target, blob, from).expect(202);
        mount(bearing(one), target, blob, "").expect(202);
        mount(bearing(both), target, blob, from).expect(201);
    }

    /** Anybody may mount from what everybody may pull. */
    @Test
    void aMountWithoutSourceLooksWhereTheCallerMayPull() {
        String target = "private/" + TestContent.newName("target");
        Repository open = new Repository(server.as(Account.KEEPER), "public/" + TestContent.newName("open"));

        mount(server.as(Account.PUSHER), target, open.push(TestContent.bytes(100)), "").expect(201);
    }

    private static Http bearing(String scope) {
        return server.http().authorized(Shown.bearer(server.token(Account.PUSHER, scope)));
    }

    private static Reply mount(Http http, String target, Digest blob, String from) {
        Request request = http.post("/v2/" + target + "/blobs/uploads/?mount=" + blob + from);
        return request.send();
    }
}

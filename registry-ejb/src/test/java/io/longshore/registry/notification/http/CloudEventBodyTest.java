package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.notification.Event;
import io.longshore.registry.model.EventAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloudEventBodyTest {
    private static String json(Event event, boolean references) {
        return new String(CloudEventBody.of(event, references), StandardCharsets.UTF_8);
    }

    @Test
    void tellsOfAPushWithAllThatIsKnown() {
        assertThat(json(Events.of(EventAction.MANIFEST_PUSH), false)).isEqualTo(("{'specversion':'1.0','id':'"
                + Events.ID + "','source':'https://registry.example.com',"
                + "'type':'io.longshore.registry.manifest.push.v1',"
                + "'subject':'team/app:v1','time':'2025-03-04T05:06:07.123456789Z',"
                + "'datacontenttype':'application/json','data':{'action':'manifest.push','repository':'team/app',"
                + "'tag':'v1','digest':'" + Events.DIGEST
                + "','mediaType':'application/vnd.oci.image.manifest.v1+json','size':1234,"
                + "'url':'https://registry.example.com/v2/team/app/manifests/" + Events.DIGEST
                + "','actor':'user:alice','request':{'id':'r-1','address':'192.0.2.7','host':'registry.example.com',"
                + "'method':'PUT','userAgent':'docker/27.1'},'source':{'address':'node1:5000','instance':'"
                + Events.INSTANCE + "'}}}").replace('\'', '"'));
    }

    @Test
    void tellsWhatAManifestConsistsOfIfThatIsWanted() {
        assertThat(json(Events.of(EventAction.MANIFEST_PUSH), true))
                .contains("\"references\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar+gzip\"");
    }

    @Test
    void leavesOutWhatIsEmpty() {
        assertThat(json(Events.ping(), true)).isEqualTo(("{'specversion':'1.0','id':'" + Events.ID
                + "','source':'urn:longshore:" + Events.INSTANCE + "','type':'io.longshore.registry.ping.v1',"
                + "'time':'2025-03-04T05:06:07Z','datacontenttype':'application/json','data':{'action':'ping',"
                + "'actor':'user:alice','source':{'address':'node1:5000','instance':'" + Events.INSTANCE
                + "'}}}").replace('\'', '"'));
    }

    @ParameterizedTest
    @EnumSource(names = "PING", mode = EnumSource.Mode.EXCLUDE)
    void saysWhatItIsAbout(EventAction action) {
        String subject = switch (action) {
            case BLOB_PUSH, BLOB_PULL, BLOB_MOUNT, BLOB_DELETE -> "team/app@" + Events.DIGEST;
            case REPOSITORY_DELETE -> "team/app";
            default -> "team/app:v1";
        };

        assertThat(json(Events.of(action), false))
                .contains("\"type\":\"io.longshore.registry." + action.word() + ".v1\",")
                .contains("\"subject\":\"" + subject + "\"");
    }

    @Test
    void namesTheRepositoryOfAMount() {
        assertThat(json(Events.of(EventAction.BLOB_MOUNT), false)).contains("\"fromRepository\":\"team/base\"");
    }

    @Test
    void putsBatchesInAnArrayEvenOfOne() {
        String one = json(Events.ping(), false);

        assertThat(new String(CloudEventBody.batchOf(List.of(Events.ping()), false), StandardCharsets.UTF_8))
                .isEqualTo("[" + one + "]");
        assertThat(new String(
                        CloudEventBody.batchOf(List.of(Events.ping(), Events.ping()), false), StandardCharsets.UTF_8))
                .isEqualTo("[" + one + "," + one + "]");
    }
}

package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.notification.Event;
import io.longshore.registry.model.EventAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionBodyTest {
    private static final String FRAME = "{'events':[{'id':'" + Events.ID + "',"
            + "'timestamp':'2025-03-04T05:06:07.123456789Z','action':'%s','target':{%s},"
            + "'request':{'id':'r-1','addr':'192.0.2.7','host':'registry.example.com',"
            + "'method':'PUT','useragent':'docker/27.1'},'actor':{'name':'alice'},'source':{'addr':'node1:5000',"
            + "'instanceID':'" + Events.INSTANCE + "'}}]}";
    private static final String MANIFEST = "'mediaType':'application/vnd.oci.image.manifest.v1+json','size':1234,"
            + "'digest':'" + Events.DIGEST + "','length':1234,'repository':'team/app',"
            + "'url':'https://registry.example.com/v2/team/app/manifests/" + Events.DIGEST + "','tag':'v1'";
    private static final String BLOB = "'mediaType':'application/octet-stream','size':1234,"
            + "'digest':'" + Events.DIGEST + "','length':1234,'repository':'team/app',%s"
            + "'url':'https://registry.example.com/v2/team/app/blobs/" + Events.DIGEST + "'";

    private static String json(boolean references, Event... events) {
        return new String(DistributionBody.of(List.of(events), references), StandardCharsets.UTF_8);
    }

    private static void isTold(EventAction action, String word, String target) {
        assertThat(json(false, Events.of(action))).isEqualTo(FRAME.formatted(word, target).replace('\'', '"'));
    }

    @Test
    void tellsOfPushesAndPullsOfManifests() {
        isTold(EventAction.MANIFEST_PUSH, "push", MANIFEST);
        isTold(EventAction.MANIFEST_PULL, "pull", MANIFEST);
    }

    @Test
    void tellsWhatAManifestConsistsOfIfThatIsWanted() {
        String references = ",'references':[{'mediaType':'application/vnd.oci.image.layer.v1.tar+gzip','digest':'"
                + Events.LAYER + "','size':99},{'mediaType':'application/vnd.oci.image.manifest.v1+json','digest':'"
                + Events.DIGEST + "','size':7,'urls':['https://cdn.example.com/a'],'annotations':{'a':'b'},"
                + "'platform':{'architecture':'arm64','os':'linux','os.version':'6.1','os.features':['x'],"
                + "'variant':'v8'}}]";

        assertThat(json(true, Events.of(EventAction.MANIFEST_PUSH)))
                .isEqualTo(FRAME.formatted("push", MANIFEST + references).replace('\'', '"'));
    }

    @Test
    void tellsOfPushesPullsAndMountsOfBlobs() {
        isTold(EventAction.BLOB_PUSH, "push", BLOB.formatted(""));
        isTold(EventAction.BLOB_PULL, "pull", BLOB.formatted(""));
        isTold(EventAction.BLOB_MOUNT, "mount", BLOB.formatted("'fromRepository':'team/base',"));
    }

    @Test
    void tellsOfWhatIsDeletedByDigestOrTagAlone() {
        isTold(EventAction.MANIFEST_DELETE, "delete", "'digest':'" + Events.DIGEST + "','repository':'team/app'");
        isTold(EventAction.BLOB_DELETE, "delete", "'digest':'" + Events.DIGEST + "','repository':'team/app'");
        isTold(EventAction.TAG_DELETE, "delete", "'repository':'team/app','tag':'v1'");
        isTold(EventAction.REPOSITORY_DELETE, "delete", "'repository':'team/app'");
    }

    @Test
    void tellsOfTagsByWordsOfItsOwn() {
        String target = "'digest':'" + Events.DIGEST + "','repository':'team/app',"
                + "'url':'https://registry.example.com/v2/team/app/manifests/" + Events.DIGEST + "','tag':'v1'";

        isTold(EventAction.TAG_CREATE, "tag.create", target);
        isTold(EventAction.TAG_MOVE, "tag.move", target);
    }

    @Test
    void leavesOutWhatIsEmptyAsDistributionDoes() {
        assertThat(json(true, Events.ping())).isEqualTo(("{'events':[{'id':'" + Events.ID
                + "','timestamp':'2025-03-04T05:06:07Z','action':'ping','target':{},"
                + "'request':{'id':'','method':'','useragent':''},'actor':{'name':'alice'},"
                + "'source':{'addr':'node1:5000','instanceID':'" + Events.INSTANCE + "'}}]}").replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "user:alice, '{\"name\":\"alice\"}'",
        "robot:ci, '{\"name\":\"robot:ci\"}'",
        "registry, '{\"name\":\"registry\"}'",
        "anonymous, '{}'"
    })
    void namesUsersBarelyAndOthersWithTheirKind(String actor, String json) {
        assertThat(json(false, Events.by(actor))).contains("\"actor\":" + json + ",");
    }

    @Test
    void putsSeveralEventsInOneEnvelope() {
        UUID other = UUID.randomUUID();

        assertThat(json(false, Events.ping(), Events.ping(other)))
                .startsWith("{\"events\":[{\"id\":\"" + Events.ID)
                .contains("},{\"id\":\"" + other)
                .endsWith("]}");
    }
}

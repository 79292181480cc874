package io.longshore.registry;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.audit.Asked;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditPurge;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.PlanLog;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.model.Tag;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.permission.Visibility;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadBody;
import io.longshore.registry.upload.UploadId;
import io.longshore.registry.upload.UploadService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * How PostgreSQL carries out what the API asks of it, in a registry with many repositories, tags, referrers and blobs:
 * no statement may look at all of them, neither the first time nor when its plan no longer depends on its parameters.
 */
class QueryPlanTest {
    private static final RepositoryName LARGE = RepositoryName.parse("team/app1");
    private static final RepositoryName SMALL = RepositoryName.parse("team/app2");
    /** PostgreSQL makes a general plan the sixth time it carries out a prepared statement. */
    private static final int REPETITIONS = 9;
    private static final int PAGE = 100;
    private static final int MOST_ROWS = 3 * PAGE;

    private static final Digest POPULAR = digest("blob 1");
    private static final Digest SUBJECT = digest("manifest 1");

    private static TestDatabase postgres;
    private static PlanLog log;
    private static Database database;
    private static BlobService blobs;
    private static ManifestService manifests;
    private static TagService tags;
    private static ReferrerService referrers;
    private static UploadService uploads;

    @BeforeAll
    static void fill() throws IOException {
        postgres = TestDatabase.fresh();
        postgres.run(new String(
                QueryPlanTest.class.getResourceAsStream("/large-registry.sql").readAllBytes(), StandardCharsets.UTF_8));
        log = postgres.logPlans();
        database = postgres.start();
        MemoryBlobStore store = new MemoryBlobStore();
        blobs = new BlobService(database, store);
        manifests = new ManifestService(database, TestPolicy.COMPLETE);
        tags = new TagService(database);
        referrers = new ReferrerService(database);
        uploads = new UploadService(database, store, blobs);
    }

    @AfterAll
    static void close() {
        database.close();
        postgres.close();
    }

    /** One of a number of calls, numbered so that each can be about something else. */
    private interface Call {
        void run(int number) throws IOException;
    }

    @TestFactory
    Stream<DynamicTest> looksAtFewRowsFor() {
        Map<String, Call> calls = new TreeMap<>();
        addReads(calls);
        addBlobs(calls);
        addManifests(calls);
        addUploads(calls);
        addAudit(calls);
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> check(call.getValue())));
    }

    private static void addReads(Map<String, Call> calls) {
        Catalog catalog = new Catalog(database);
        calls.put("catalog", i -> catalog.list(Visibility.ALL, "", PAGE));
        calls.put("catalog, a later page", i -> catalog.list(Visibility.ALL, "team/app3", PAGE));
        Visibility some = Visibility.of(List.of(RepositoryPattern.parse("team/app10*"), RepositoryPattern.parse("hello")));
        calls.put("catalog, what may be seen", i -> catalog.list(some, "", PAGE));
        calls.put("tags", i -> tags.list(LARGE, "", PAGE));
        calls.put("tags, a later page", i -> tags.list(LARGE, "v5", PAGE));
        calls.put("manifest by tag", i -> manifests.get(LARGE, new Tag("v100")));
        calls.put("manifest by digest", i -> manifests.get(LARGE, digest("manifest 100")));
        calls.put("manifest head by tag", i -> manifests.head(LARGE, new Tag("v100")));
        calls.put("manifest head by digest", i -> manifests.head(LARGE, digest("manifest 100")));
        calls.put("referrers", i -> referrers.list(LARGE, SUBJECT, Optional.empty(), Optional.empty(), PAGE));
        calls.put("referrers, a later page", i -> referrers.list(
                LARGE, SUBJECT, Optional.empty(), Optional.of(digest("manifest 50")), PAGE));
        TestManifest listed = TestManifest.artifact("listed under a fallback tag");
        push(LARGE, listed);
        push(LARGE, TestManifest.index(listed), "sha256-" + digest("manifest 2").hex());
        calls.put("referrers under a fallback tag", i -> referrers.list(
                LARGE, digest("manifest 2"), Optional.empty(), Optional.empty(), PAGE));
        calls.put("referrers of nothing", i -> referrers.list(
                LARGE, digest("nothing"), Optional.empty(), Optional.empty(), PAGE));
    }

    private static void addBlobs(Map<String, Call> calls) {
        RepositoryName any = RepositoryName.parse("team/app3000");
        calls.put("blob size", i -> blobs.sizeOf(any, POPULAR));
        calls.put("blob size in a large repository", i -> blobs.sizeOf(LARGE, digest("blob 15000")));
        calls.put("blob mount", i -> blobs.mount(ALICE, repository("mount", i), POPULAR, any));
        calls.put("blob mount from any", i -> blobs.mount(ALICE, repository("any", i), POPULAR, Visibility.ALL));
        calls.put("blob mount from a wrong one", i -> blobs.mount(
                ALICE, LARGE, digest("blob 9000"), SMALL));
        calls.put("blob mount of nothing", i -> blobs.mount(ALICE, LARGE, digest("nothing"), Visibility.ALL));
        calls.put("blob delete", i -> blobs.delete(ALICE, RepositoryName.parse("team/app" + (4000 + i)), POPULAR));
    }

    private static void addManifests(Map<String, Call> calls) {
        TestManifest again = TestManifest.artifact("pushed again");
        calls.put("manifest push", i -> push(LARGE, TestManifest.artifact("new " + i).about(SUBJECT), "new"));
        calls.put("manifest push into a new repository", i -> push(
                repository("push", i), TestManifest.artifact("first " + i), "first"));
        calls.put("manifest push again", i -> push(LARGE, again, "again"));
        calls.put("index push", i -> {
            TestManifest child = TestManifest.artifact("child " + i);
            push(LARGE, child);
            push(LARGE, TestManifest.index(child), "index");
        });
        calls.put("image push", i -> manifests.push(
                ALICE, LARGE, new Tag("image" + i), image("blob 1", "blob " + (i + 2)), null));
        calls.put("tag delete", i -> tags.delete(ALICE, LARGE, new Tag("v" + (5000 + i))));
        calls.put("manifest delete", i -> manifests.delete(ALICE, LARGE, digest("manifest " + (7000 + i))));
    }

    private static void addUploads(Map<String, Call> calls) {
        calls.put("upload", i -> {
            UploadId id = uploads.start(ALICE, LARGE, DigestAlgorithm.SHA256);
            uploads.append(ALICE, LARGE, id, Optional.empty(), body("upload "));
            uploads.status(ALICE, LARGE, id);
            uploads.finish(ALICE, LARGE, id, Optional.empty(), body("" + i), digest("upload " + i));
        });
        calls.put("upload cancel", i -> uploads.cancel(
                ALICE, LARGE, uploads.start(ALICE, LARGE, DigestAlgorithm.SHA256)));
        calls.put("upload in one request", i -> uploads.push(ALICE, LARGE, body("single " + i), digest("single " + i)));
    }

    private static void addAudit(Map<String, Call> calls) {
        Audit audit = new Audit(database);
        Instant spring = Instant.now().minus(Duration.ofDays(150));
        Asked all = Asked.forAll();
        Map<String, Asked> queries = Map.of(
                "audit", all,
                "audit of one who did nothing lately", all.by("user:bob"),
                "audit of one who does much", all.by("robot:ci3"),
                "audit of a repository", all.in(SMALL),
                "audit of an act that is seldom", all.act("rule."),
                "audit of an act that is not", all.act("blob."),
                "audit of an address", all.at("192.0.2.250"),
                "audit of an hour", all.between(spring, spring.plus(Duration.ofHours(1))),
                "audit of a month", all.between(spring, spring.plus(Duration.ofDays(30))));
        queries.forEach((name, asked) -> calls.put(name, i -> audit.find(asked.query(), PAGE)));
        calls.put("audit, a later page", i -> audit.find(all.before(20_000 + i).query(), PAGE));
        calls.put("audit of one, a later page", i -> audit.find(all.by("user:bob").before(9_000).query(), PAGE));
        AuditPurge purge = new AuditPurge(database, Optional.of(Duration.ofDays(365)));
        calls.put("audit purge", i -> purge.runWhenDue());
    }

    private static void check(Call call) {
        List<PlanLog.Plan> plans = log.plansOf(() -> {
            for (int i = 0; i < REPETITIONS; i++) {
                run(call, i);
            }
        });
        assertThat(plans).hasSizeGreaterThanOrEqualTo(REPETITIONS);
        assertThat(plans.stream().filter(plan -> plan.scansWholeTables() || plan.mostRows() > MOST_ROWS))
                .isEmpty();
    }

    private static void run(Call call, int number) {
        try {
            call.run(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RepositoryName repository(String prefix, int number) {
        return RepositoryName.parse(prefix + "/" + number);
    }

    private static void push(RepositoryName repository, TestManifest manifest, String... names) {
        manifests.push(
                ALICE, repository, manifest.digest(), Stream.of(names).map(Tag::new).toList(), manifest.bytes(), null);
    }

    private static byte[] image(String config, String layer) {
        return ("{\"schemaVersion\":2,\"config\":" + descriptor(config) + ",\"layers\":[" + descriptor(layer) + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String descriptor(String content) {
        return "{\"mediaType\":\"application/a\",\"digest\":\"" + digest(content) + "\",\"size\":1}";
    }

    private static UploadBody body(String text) {
        return new UploadBody(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), OptionalLong.empty());
    }

    private static Digest digest(String content) {
        return Digest.of(DigestAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8));
    }
}

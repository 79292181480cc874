package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever bytes come, a manifest is taken or refused as invalid; there is no third way. */
class ManifestPropertyTest {
    private static final String[] WORDS = {
        "mediaType", "digest", "size", "config", "layers", "manifests", "subject", "blobs", "annotations", "urls",
        "data", "artifactType", "platform", "os", "architecture", "os.version", "os.features", "variant", "schemaVersion",
        "fsLayers", "x"
    };
    private static final String[] SCALARS = {
        "null", "true", "false", "0", "1", "2", "-0", "-1", "2.0", "1e400", "1E-999999999", "9223372036854775807",
        "9223372036854775808", "9".repeat(999), "9".repeat(1001), "\"\"", "\"e30=\"", "\"a/b\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"application/vnd.acme+json\"", '"' + MediaTypes.OCI_MANIFEST + '"',
        '"' + MediaTypes.OCI_INDEX + '"', '"' + MediaTypes.OCI_ARTIFACT_MANIFEST + '"',
        "\"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\"", "\"sha256:00\"",
        '"' + "x".repeat(300) + '"'
    };

    @Property(tries = 2000)
    void anyBytesAreTakenOrRefused(@ForAll byte[] bytes, @ForAll("contentTypes") String contentType) {
        parse(bytes, contentType);
    }

    @Property(tries = 2000)
    void anyStringIsTakenOrRefusedAsContentType(@ForAll String contentType, @ForAll("fixtures") byte[] bytes) {
        parse(bytes, contentType);
    }

    @Property(tries = 3000)
    void brokenManifestsAreTakenOrRefused(
            @ForAll("fixtures") byte[] bytes,
            @ForAll("contentTypes") String contentType,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0) Integer> damages,
            @ForAll Random random) {
        byte[] broken = bytes;
        for (int damage : damages) {
            broken = damaged(broken, damage, random);
        }
        parse(broken, contentType);
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void anyJsonOfFamiliarWordsIsTakenOrRefused(
            @ForAll("json") String json, @ForAll("contentTypes") String contentType) {
        parse(json.getBytes(StandardCharsets.UTF_8), contentType);
    }

    @Property(tries = 200)
    void anyDepthIsTakenOrRefused(
            @ForAll("nests") String nest,
            @ForAll @IntRange(min = 1, max = 200_000) int levels,
            @ForAll boolean closed) {
        String end = closed ? (nest.endsWith("[") ? "]" : "}").repeat(levels) + "}" : "";
        Optional<Manifest> taken =
                parse(("{\"x\":" + nest.repeat(levels) + end).getBytes(StandardCharsets.UTF_8), "application/vnd.acme");
        if (levels > 63) {
            assertThat(taken).isEmpty();
        }
    }

    @Property(tries = 1000)
    void aWellFormedManifestIsReadBackWhateverItsOrderAndSpace(
            @ForAll("descriptors") List<Descriptor> layers,
            @ForAll("descriptors") @Size(1) List<Descriptor> config,
            @ForAll("annotations") List<String> values,
            @ForAll Random random) {
        List<String> fields = new ArrayList<>(List.of(
                "\"schemaVersion\":2",
                "\"config\":" + json(config.get(0), random),
                "\"layers\":" + layers.stream().map(layer -> json(layer, random)).collect(list()),
                "\"annotations\":{" + numbered(values) + "}",
                "\"somethingElse\":" + values.stream().map(ManifestPropertyTest::quoted).collect(list())));
        Manifest manifest = parse(object(fields, random).getBytes(StandardCharsets.UTF_8), null).orElseThrow();

        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(manifest.config()).contains(config.get(0));
        assertThat(manifest.layers()).isEqualTo(layers);
        assertThat(manifest.annotations().values()).containsExactlyElementsOf(values);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void readsDescriptorsAsTheyAreWritten(@ForAll("descriptors") List<Descriptor> children) {
        String index = "{\"schemaVersion\":2,\"manifests\":"
                + children.stream().map(Descriptor::toJson).collect(list()) + '}';

        assertThat(parse(index.getBytes(StandardCharsets.UTF_8), null).orElseThrow().manifests()).isEqualTo(children);
    }

    /** Parses, and holds what is taken and what is refused to what is promised of them. */
    private static Optional<Manifest> parse(byte[] bytes, String contentType) {
        byte[] before = bytes.clone();
        try {
            Manifest manifest = Manifest.parse(bytes, contentType);
            assertThat(bytes).isEqualTo(before);
            assertFitToServe(manifest);
            return Optional.of(manifest);
        } catch (RegistryException.Invalid refusal) {
            assertThat(refusal.errors()).extracting(RegistryException.Error::code)
                    .containsExactly(ErrorCode.MANIFEST_INVALID);
            assertThat(refusal.getMessage()).isNotBlank().hasSizeLessThan(1000).doesNotContain("\u0000", "\n", "\r");
            return Optional.empty();
        }
    }

    private static void assertFitToServe(Manifest manifest) {
        assertThat(manifest.mediaType()).hasSizeLessThan(256).matches("(?i)application/[a-z0-9!#$&^_.+-]+");
        assertThat(manifest.artifactType().orElse("none")).matches("[ -~]{1,255}");
        assertThat(manifest.annotations()).allSatisfy((name, value) -> {
            assertThat(name + value).doesNotContain("\u0000");
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(name + value)).isTrue();
        });
        if (!manifest.manifests().isEmpty()) {
            assertThat(manifest.config()).isEmpty();
            assertThat(manifest.layers()).isEmpty();
        }
        assertThat(manifest.requiredBlobs()).extracting(Descriptor::digest).doesNotHaveDuplicates();
        assertThat(Stream.concat(manifest.config().stream(), manifest.layers().stream()))
                .containsAll(manifest.requiredBlobs());
    }

    private static byte[] damaged(byte[] bytes, int damage, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(20));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        switch (damage % 5) {
            case 0 -> out.writeBytes(Arrays.copyOfRange(bytes, to, bytes.length));
            case 1 -> {
                out.write(random.nextInt(random.nextInt(4) == 0 ? 256 : 128));
                out.write(bytes, from + 1, bytes.length - from - 1);
            }
            case 2 -> {
                out.write(bytes, from, to - from);
                out.write(bytes, from, bytes.length - from);
            }
            case 3 -> {
                out.writeBytes(SCALARS[random.nextInt(SCALARS.length)].getBytes(StandardCharsets.UTF_8));
                out.write(bytes, from, bytes.length - from);
            }
            default -> {
                out.write("{}[],:\"\\".charAt(random.nextInt(8)));
                out.write(bytes, from + 1, bytes.length - from - 1);
            }
        }
        return out.toByteArray();
    }

    @Provide
    Arbitrary<byte[]> fixtures() {
        return Arbitraries.of(ManifestFixture.ACCEPTED).map(ManifestFixture::bytes);
    }

    @Provide
    Arbitrary<String> contentTypes() {
        return Arbitraries.of(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX, MediaTypes.DOCKER_MANIFEST,
                        MediaTypes.DOCKER_LIST, "application/json", "application/vnd.acme+json; a=b")
                .injectNull(0.3);
    }

    @Provide
    Arbitrary<String> nests() {
        return Arbitraries.of("[", "{\"x\":", "{\"config\":", "{\"layers\":");
    }

    @Provide
    Arbitrary<String> json() {
        Arbitrary<String> scalar = Arbitraries.of(SCALARS);
        Arbitrary<String> value = Arbitraries.recursive(() -> scalar, ManifestPropertyTest::wrapped, 0, 4);
        return Combinators.combine(Arbitraries.of(WORDS).list().ofMaxSize(6), value.list().ofSize(6))
                .as(ManifestPropertyTest::objectOf);
    }

    private static Arbitrary<String> wrapped(Arbitrary<String> value) {
        Arbitrary<String> array = value.list().ofMaxSize(3).map(items -> items.stream().collect(list()));
        Arbitrary<String> object = Combinators.combine(
                        Arbitraries.of(WORDS).list().ofMaxSize(4), value.list().ofSize(4))
                .as(ManifestPropertyTest::objectOf);
        return Arbitraries.oneOf(array, object);
    }

    private static String objectOf(List<String> names, List<String> values) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add('"' + names.get(i) + "\":" + values.get(i));
        }
        return '{' + String.join(",", fields) + '}';
    }

    @Provide
    Arbitrary<List<Descriptor>> descriptors() {
        Arbitrary<String> types = Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(255);
        Arbitrary<Digest> digests = Combinators.combine(
                        Arbitraries.of(DigestAlgorithm.values()), Arbitraries.bytes().array(byte[].class))
                .as(Digest::of);
        Arbitrary<Long> sizes = Arbitraries.longs().greaterOrEqual(0);
        Arbitrary<Optional<Platform>> platforms = Combinators.combine(text(), text(), text(), text().list().ofMaxSize(2), text())
                .as(Platform::new)
                .optional();
        return Combinators.combine(
                        types, digests, sizes, text().list().ofMaxSize(2), Arbitraries.maps(text(), text()).ofMaxSize(2),
                        platforms, types.optional())
                .as(Descriptor::new)
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> annotations() {
        return text().list().ofMaxSize(5);
    }

    /** All that a string may hold, characters outside the basic plane included. */
    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(20).map(ManifestPropertyTest::encodable),
                Arbitraries.strings().ascii().ofMaxLength(20).map(text -> text.replace('\0', '-')),
                Arbitraries.of("🚢", "\"\\/\b\f\n\r\t", "\u2028\uFEFF\uFFFE"));
    }

    private static String encodable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '-');
    }

    private static String json(Descriptor descriptor, Random random) {
        List<String> fields = new ArrayList<>(List.of(
                "\"mediaType\":" + quoted(descriptor.mediaType()),
                "\"digest\":" + quoted(descriptor.digest().toString()),
                "\"size\":" + descriptor.sizeBytes(),
                "\"urls\":" + descriptor.urls().stream().map(ManifestPropertyTest::quoted).collect(list()),
                "\"annotations\":" + object(
                        descriptor.annotations().entrySet().stream()
                                .map(one -> quoted(one.getKey()) + ':' + quoted(one.getValue()))
                                .collect(Collectors.toCollection(ArrayList::new)),
                        random),
                "\"else\":{\"size\":-1}"));
        descriptor.artifactType().ifPresent(type -> fields.add("\"artifactType\":" + quoted(type)));
        descriptor.platform().ifPresent(platform -> fields.add("\"platform\":" + object(
                new ArrayList<>(List.of(
                        "\"os\":" + quoted(platform.os()),
                        "\"architecture\":" + quoted(platform.architecture()),
                        "\"os.version\":" + quoted(platform.osVersion()),
                        "\"os.features\":"
                                + platform.osFeatures().stream().map(ManifestPropertyTest::quoted).collect(list()),
                        "\"variant\":" + quoted(platform.variant()))),
                random)));
        return object(fields, random);
    }

    private static String object(List<String> fields, Random random) {
        Collections.shuffle(fields, random);
        String space = " \t\r\n".substring(random.nextInt(5));
        return space + '{' + space + String.join(space + ',' + space, fields) + space + '}' + space;
    }

    private static String numbered(List<String> values) {
        List<String> fields = new ArrayList<>();
        for (String value : values) {
            fields.add("\"" + fields.size() + "\":" + quoted(value));
        }
        return String.join(",", fields);
    }

    private static Collector<CharSequence, ?, String> list() {
        return Collectors.joining(",", "[", "]");
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c < ' ' || c == '"' || c == '\\' || c == '/') {
                quoted.append("\\u%04x".formatted(c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}

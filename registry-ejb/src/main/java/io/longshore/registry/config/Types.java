package io.longshore.registry.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types that keys have. */
final class Types {
    static final ValueType<String> TEXT = ValueType.text("text", text -> text);
    static final ValueType<Secret> SECRET = ValueType.secret("secret", Secret::of);
    static final ValueType<JdbcUrl> JDBC_URL = ValueType.secret("JDBC URL", JdbcUrl::parse);
    static final ValueType<HostPort> ADDRESS = ValueType.text("address", HostPort::parse);
    static final ValueType<URI> HTTP_URL = ValueType.text("URL", Types::httpUrl);
    static final ValueType<URI> ENDPOINT = ValueType.text("endpoint", Types::endpoint);
    static final ValueType<URI> SERVICE_URL = ValueType.text("URL of a service", Types::serviceUrl);
    static final ValueType<Path> PATH = ValueType.text("path", Types::path);
    static final ValueType<List<Path>> PATHS = ValueType.tree("list of paths", Types::paths);
    static final ValueType<Boolean> BOOLEAN = ValueType.text("boolean", Types::bool);
    static final ValueType<Map<String, List<String>>> HEADERS = ValueType.tree("map of lists", Types::headers);
    static final ValueType<Map<String, Secret>> SECRETS = ValueType.tree("map of secrets", Types::secrets);
    static final ValueType<List<String>> PATTERNS = ValueType.tree("list of regular expressions", Types::patterns);
    static final ValueType<Set<ListedPlatform>> PLATFORMS = ValueType.tree("list of platforms", Types::platforms);
    static final ValueType<Value> SECTION = new ValueType<>("section", ValueType.Shape.SECTION, value -> value);
    static final ValueType<Value> PRESENCE = new ValueType<>("presence", ValueType.Shape.PRESENCE, value -> value);

    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7E]*");
    private static final Set<String> FRAMING =
            Set.of("connection", "content-length", "keep-alive", "trailer", "transfer-encoding", "upgrade");

    private Types() {}

    /** Exactly this text. */
    static ValueType<String> constant(String only) {
        return ValueType.text("`" + only + "`", text -> {
            require(text.equals(only), "expected " + only);
            return text;
        });
    }

    /** One of the names of the constants, whatever their case. */
    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        List<String> names =
                constants.stream().map(constant -> constant.name().toLowerCase(Locale.ROOT)).toList();
        return ValueType.text(names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")), text -> {
            int index = names.indexOf(text.toLowerCase(Locale.ROOT));
            require(index >= 0, "expected one of " + String.join(", ", names));
            return constants.get(index);
        });
    }

    /** One of these, by what it says of itself. */
    static <T> ValueType<T> named(List<T> values) {
        List<String> names = values.stream().map(Object::toString).toList();
        return ValueType.text(names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")), text -> {
            int index = names.indexOf(text);
            require(index >= 0, "expected one of " + String.join(", ", names));
            return values.get(index);
        });
    }

    /** A whole number, at least this much. */
    static ValueType<Integer> number(int least) {
        return ValueType.text("number from " + least, text -> number(text, least, Integer.MAX_VALUE));
    }

    /** A whole number; both ends are inclusive. */
    static ValueType<Integer> number(int least, int most) {
        return ValueType.text("number, " + least + " to " + most, text -> number(text, least, most));
    }

    private static int number(String text, int least, int most) {
        String expected = "expected a whole number from " + least + " to " + most;
        require(text.matches("[0-9]{1,10}"), expected);
        long number = Long.parseLong(text);
        require(number >= least && number <= most, expected);
        return (int) number;
    }

    /** Both ends are inclusive. */
    static ValueType<DataSize> size(DataSize least, DataSize most) {
        String range = least + " to " + most;
        return ValueType.text("size, " + range, text -> {
            DataSize size = DataSize.parse(text);
            require(size.compareTo(least) >= 0 && size.compareTo(most) <= 0, "expected a size from " + range);
            return size;
        });
    }

    /** Both ends are inclusive. */
    static ValueType<Duration> duration(Duration least, Duration most) {
        String range = GoDuration.format(least) + " to " + GoDuration.format(most);
        return ValueType.text("duration, " + range, text -> {
            Duration duration = GoDuration.parse(text);
            require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0,
                    "expected a duration from " + range);
            return duration;
        });
    }

    /** As {@link #duration}, or zero, which means something else than a short time. */
    static ValueType<Duration> durationOrZero(Duration least, Duration most) {
        String range = GoDuration.format(least) + " to " + GoDuration.format(most);
        return ValueType.text("duration, " + range + ", or 0", text -> {
            Duration duration = GoDuration.parse(text);
            boolean inside = duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0;
            require(inside || duration.isZero(), "expected 0 or a duration from " + range);
            return duration;
        });
    }

    static void require(boolean condition, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(expected);
        }
    }

    /** As YAML's core schema writes them; {@code yes}, {@code on} and {@code 1} mean different things elsewhere. */
    private static Boolean bool(String text) {
        boolean yes = List.of("true", "True", "TRUE").contains(text);
        require(yes || List.of("false", "False", "FALSE").contains(text), "expected true or false");
        return yes;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected a path of the file system", e);
        }
    }

    private static List<Path> paths(Value value) {
        return texts(value, "expected a list of paths of the file system").stream().map(Types::path).toList();
    }

    static URI httpUrl(String text) {
        String expected = "expected http:// or https:// with a host and perhaps a port, and nothing behind them";
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            require(Set.of("http", "https").contains(scheme) && uri.getHost() != null, expected);
            require(uri.getRawUserInfo() == null && uri.getPort() <= 65535, expected);
            require(Set.of("", "/").contains(uri.getRawPath()), expected);
            require(uri.getRawQuery() == null && uri.getRawFragment() == null, expected);
            return new URI(scheme, uri.getRawAuthority(), null, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    /** Has no scheme where none was given. */
    private static URI endpoint(String text) {
        if (text.contains("://")) {
            return httpUrl(text);
        }
        URI url = httpUrl("http://" + text);
        return URI.create("//" + url.getRawAuthority());
    }

    /** May have a path, without a slash at its end. */
    private static URI serviceUrl(String text) {
        String expected = "expected http:// or https:// with a host, and perhaps a port and a path";
        try {
            URI uri = new URI(text.replaceFirst("/+$", ""));
            require(uri.getScheme() != null && uri.getScheme().matches("https?") && uri.getHost() != null, expected);
            require(uri.getRawUserInfo() == null && uri.getPort() <= 65535, expected);
            require(uri.getRawQuery() == null && uri.getRawFragment() == null, expected);
            return uri;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    private static Map<String, List<String>> headers(Value value) {
        Map<String, List<String>> headers = headerTexts(
                value, "expected names of headers, each with a list of values: {X-Content-Type-Options: [nosniff]}");
        requireHeaders(headers);
        headers.keySet().forEach(name -> require(!isFraming(name), name + " is set by the server alone"));
        return headers;
    }

    /** Names, each with a list of texts or with one; whether they are headers has to be asked. */
    static Map<String, List<String>> headerTexts(Value value, String expected) {
        require(value instanceof Value.Entries, expected);
        Map<String, List<String>> headers = new LinkedHashMap<>();
        ((Value.Entries) value).entries().forEach((name, values) -> headers.put(name, texts(values, expected)));
        return headers;
    }

    static void requireHeaders(Map<String, List<String>> headers) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, texts) -> {
            require(HEADER_NAME.matcher(name).matches(), "expected names of headers");
            require(names.add(name), name + " stands there twice, in different case");
            require(texts.stream().allMatch(text -> HEADER_VALUE.matcher(text).matches()),
                    "expected values of printable ASCII characters for " + name);
        });
    }

    /** Whether a header says how a message is sent, whatever it is about. */
    static boolean isFraming(String header) {
        return FRAMING.contains(header.toLowerCase(Locale.ROOT));
    }

    static Map<String, Secret> secrets(Value value) {
        String expected = "expected names, each with a text: {robot: 7}";
        require(value instanceof Value.Entries, expected);
        Map<String, Secret> secrets = new LinkedHashMap<>();
        ((Value.Entries) value).entries().forEach((name, text) -> secrets.put(name, Secret.of(text(text, expected))));
        return secrets;
    }

    private static List<String> patterns(Value value) {
        List<String> patterns = texts(value, "expected a list of regular expressions");
        patterns.forEach(UrlRules::compile);
        return patterns;
    }

    private static Set<ListedPlatform> platforms(Value value) {
        String expected = "expected a list of platforms: [{os: linux, architecture: amd64}]";
        require(value instanceof Value.Items, expected);
        Set<ListedPlatform> platforms = new LinkedHashSet<>();
        for (Value item : ((Value.Items) value).items()) {
            require(item instanceof Value.Entries, expected);
            Map<String, Value> entries = ((Value.Entries) item).entries();
            require(entries.keySet().equals(Set.of("os", "architecture")), expected);
            platforms.add(new ListedPlatform(
                    text(entries.get("os"), expected), text(entries.get("architecture"), expected)));
        }
        return platforms;
    }

    /** A list of texts; a single text is a list of one. */
    static List<String> texts(Value value, String expected) {
        if (!(value instanceof Value.Items list)) {
            return List.of(text(value, expected));
        }
        List<String> texts = new ArrayList<>();
        list.items().forEach(item -> texts.add(text(item, expected)));
        return texts;
    }

    static String text(Value value, String expected) {
        require(value instanceof Value.Text && !value.isEmpty(), expected);
        return ((Value.Text) value).text();
    }
}

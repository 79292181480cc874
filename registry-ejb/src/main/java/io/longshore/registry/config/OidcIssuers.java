package io.longshore.registry.config;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the items of {@code auth.oidc}. */
final class OidcIssuers {
    private static final String EXPECTED =
            "expected a list of issuers: [{name: github, issuer: \"https://…\", audience: registry, claims: {…}}]";
    static final Set<String> FIELDS = Set.of(
            "name", "issuer", "audience", "jwks", "usernameclaim", "usernameprefix", "groupsclaim", "groupsprefix",
            "claims", "signingalgorithms", "leeway", "cafile", "allowhttp", "clientid", "clientsecret", "scopes");

    /** Where anybody at all can get a token for any audience. */
    private static final Pattern PUBLIC = Pattern.compile(
            "token\\.actions\\.githubusercontent\\.com|gitlab\\.com|accounts\\.google\\.com|agent\\.buildkite\\.com"
                    + "|app\\.terraform\\.io");

    private static final ValueType<String> NAME = ValueType.text("name", text -> {
        Types.require(text.matches("[a-z0-9]+(?:-[a-z0-9]+)*"), "expected lower-case letters, digits and hyphens");
        return text;
    });
    private static final ValueType<String> ISSUER = ValueType.text("URL", text -> TrustedUrl.parse(text).toString());
    private static final ValueType<JwksLocation> JWKS = ValueType.text("path or URL", JwksLocation::parse);
    private static final ValueType<Duration> LEEWAY = Types.duration(Duration.ZERO, Duration.ofMinutes(5));
    private static final ValueType<Map<String, List<String>>> CLAIMS = ValueType.tree("claims", OidcIssuers::claims);

    private final Fields fields;
    private final String name;

    private OidcIssuers(Value.Entries item) {
        this.name = Optional.ofNullable(item.entries().get("name"))
                .map(NAME::parse)
                .orElseThrow(() -> new IllegalArgumentException("expected every issuer to have a name"));
        this.fields = new Fields(name + ": ", item.entries(), FIELDS);
    }

    /**
     * @throws IllegalArgumentException with what is wrong with the first issuer that anything is wrong with
     */
    static List<OidcConfig> parse(Value value) {
        Types.require(value instanceof Value.Items && !value.isEmpty(), EXPECTED);
        List<OidcConfig> issuers = new ArrayList<>();
        for (Value item : ((Value.Items) value).items()) {
            Types.require(item instanceof Value.Entries, EXPECTED);
            OidcConfig issuer = new OidcIssuers((Value.Entries) item).read();
            Types.require(issuers.stream().noneMatch(other -> other.name().equals(issuer.name())),
                    "expected one issuer alone to be called " + issuer.name());
            issuers.add(issuer);
        }
        return List.copyOf(issuers);
    }

    private OidcConfig read() {
        String issuer = fields.require("issuer", ISSUER);
        OidcConfig.Connection connection = new OidcConfig.Connection(
                fields.find("cafile", Types.PATH), fields.find("allowhttp", Types.BOOLEAN).orElse(false));
        Optional<JwksLocation> keys = fields.find("jwks", JWKS);
        requireSafe(keys, URI.create(issuer), connection);
        Set<String> audiences = Set.copyOf(fields.texts("audience"));
        Optional<OidcConfig.Client> client = client();
        fields.require(!audiences.isEmpty() || client.isPresent(), "audience or clientid to be set");
        Map<String, List<String>> claims = fields.find("claims", CLAIMS).orElse(Map.of());
        fields.require(!claims.isEmpty() || !PUBLIC.matcher(URI.create(issuer).getHost()).matches(),
                "claims to be set, such as {repository_owner: acme}: anybody can get tokens of " + issuer);
        return new OidcConfig(
                name, issuer, audiences, keys, users(), groups(), claims, algorithms(),
                fields.find("leeway", LEEWAY).orElse(Duration.ofMinutes(1)), connection, client);
    }

    private void requireSafe(Optional<JwksLocation> keys, URI issuer, OidcConfig.Connection connection) {
        boolean plain = connection.plainHttp();
        // The discovery document is not asked for where the keys are known.
        boolean safe = keys.map(JwksLocation::isSafe).orElse(TrustedUrl.isSafe(issuer, false));
        fields.require(plain || safe,
                (keys.isPresent() ? "jwks" : "issuer") + " to begin with https://, or allowhttp to be true");
    }

    private OidcConfig.Names users() {
        return new OidcConfig.Names(
                fields.find("usernameclaim", Types.TEXT).orElse("sub"), prefix("usernameprefix"));
    }

    private Optional<OidcConfig.Names> groups() {
        return fields.find("groupsclaim", Types.TEXT).map(claim -> new OidcConfig.Names(claim, prefix("groupsprefix")));
    }

    private String prefix(String field) {
        return fields.find(field, Types.TEXT).orElse(name + ":");
    }

    private Set<SigningAlgorithm> algorithms() {
        Set<SigningAlgorithm> algorithms = new LinkedHashSet<>();
        for (String alg : fields.texts("signingalgorithms")) {
            Optional<SigningAlgorithm> algorithm = SigningAlgorithm.of(alg);
            fields.require(algorithm.isPresent(), "signingalgorithms such as RS256");
            algorithms.add(algorithm.orElseThrow());
        }
        return algorithms.isEmpty() ? SigningAlgorithm.ALL : algorithms;
    }

    private Optional<OidcConfig.Client> client() {
        Optional<Secret> secret = fields.find("clientsecret", Types.SECRET);
        List<String> scopes = fields.texts("scopes");
        Optional<String> id = fields.find("clientid", Types.TEXT);
        fields.require(id.isPresent() || secret.isEmpty() && scopes.isEmpty(), "clientid to be set too");
        fields.require(scopes.isEmpty() || scopes.contains("openid"), "openid among the scopes");
        return id.map(client -> new OidcConfig.Client(client, secret, scopes.isEmpty() ? List.of("openid") : scopes));
    }

    private static Map<String, List<String>> claims(Value value) {
        String expected = "expected names of claims, each with a text or a list of texts";
        Types.require(value instanceof Value.Entries, expected);
        Map<String, List<String>> claims = new LinkedHashMap<>();
        ((Value.Entries) value).entries().forEach((claim, patterns) -> {
            List<String> texts = Types.texts(patterns, expected);
            Types.require(!texts.isEmpty(), expected);
            claims.put(claim, List.copyOf(texts));
        });
        return claims;
    }
}

package io.longshore.registry.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of {@code auth.token}: those of distribution, and what an address in {@code jwks} needs. */
final class TokenKeys {
    static final KeyTable TABLE = new KeyTable();
    static final String SECTION = "auth.token";

    /** What distribution can be told, too. Nothing is believed that is signed so. */
    static final Set<String> SHARED_SECRETS = Set.of("HS256", "HS384", "HS512");

    private static final Pattern QUOTABLE = Pattern.compile("[\\x20-\\x7E&&[^\"\\\\]]*");

    static final Key<URI> REALM = TABLE.add(SECTION + ".realm", ValueType.text("URL", TrustedUrl::parse), "",
            "Where a token service that is not ours gives out tokens. Whoever shows one may do what it says,"
                    + " whatever the rules say.");
    static final Key<String> SERVICE = TABLE.add(SECTION + ".service", ValueType.text("text", TokenKeys::quotable), "",
            "How this registry is called there; must be in the `aud` of tokens.");
    static final Key<String> ISSUER = TABLE.add(SECTION + ".issuer", Types.TEXT, "",
            "How that service is called; must be the `iss` of tokens.");
    static final Key<Path> ROOTCERTBUNDLE = TABLE.add(SECTION + ".rootcertbundle", Types.PATH, "",
            "A PEM file with certificates: of the keys that sign tokens, or of authorities that issued such. It is read"
                    + " again when it changes. This, `jwks`, or both.");
    static final Key<JwksLocation> JWKS = TABLE.add(SECTION + ".jwks",
            ValueType.text("path or URL", JwksLocation::parse), "",
            "A JSON Web Key Set with the keys that sign tokens: a file, which is read again when it changes, or a URL,"
                    + " which is asked again every five minutes and for keys that are not known.");
    static final Key<Path> JWKSCAFILE = TABLE.add(SECTION + ".jwkscafile", Types.PATH, "",
            "A PEM file with the authority of that URL's certificate, if the Java runtime does not know it.");
    static final Key<Boolean> JWKSALLOWHTTP = TABLE.add(SECTION + ".jwksallowhttp", Types.BOOLEAN, "false",
            "Whether that URL may begin with `http://` on another machine. Whoever can change the answer can do"
                    + " everything.");
    static final Key<List<String>> SIGNINGALGORITHMS = TABLE.add(SECTION + ".signingalgorithms",
            ValueType.tree("list of algorithms", TokenKeys::algorithms), "",
            "How tokens may be signed: `EdDSA`, `ES256`, `ES384`, `ES512`, `PS256`, `PS384`, `PS512`, `RS256`, `RS384`,"
                    + " `RS512`. Without it, in each of these ways. With a shared secret (`HS256`) never.");
    static final Key<Boolean> AUTOREDIRECT = TABLE.add(SECTION + ".autoredirect", Types.BOOLEAN, "false",
            "Whether clients are sent to the host that they have named, instead of `realm`.");
    static final Key<String> AUTOREDIRECTPATH = TABLE.add(SECTION + ".autoredirectpath",
            ValueType.text("path of a URL", TokenKeys::urlPath), "/auth/token",
            "The path on that host.");

    private TokenKeys() {}

    private static String quotable(String text) {
        Types.require(QUOTABLE.matcher(text).matches(),
                "expected printable ASCII characters, without quotes and backslashes");
        return text;
    }

    private static String urlPath(String text) {
        Types.require(text.matches("/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*"), "expected a path that begins with a slash");
        return text;
    }

    private static List<String> algorithms(Value value) {
        String expected = "expected a list of algorithms such as RS256";
        List<String> names = Types.texts(value, expected);
        Types.require(names.stream().allMatch(name ->
                SHARED_SECRETS.contains(name) || SigningAlgorithm.of(name).isPresent()), expected);
        return names;
    }
}

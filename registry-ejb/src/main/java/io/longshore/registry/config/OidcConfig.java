package io.longshore.registry.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An issuer of OpenID Connect whose tokens say who somebody is.
 *
 * @param name of letters, digits and hyphens; no other issuer has it
 * @param issuer a URL, which must be the {@code iss} of tokens to the letter
 * @param audiences one of which must be in the {@code aud} of tokens that are shown as a password; empty if none are
 *     accepted as such
 * @param keys where its keys are; empty for where its discovery document says
 * @param users how users are called
 * @param groups what groups they are in; empty for none
 * @param claims what else must be in a token: for each claim the patterns of which it must match one, in which
 *     {@code *} stands for any characters
 * @param algorithms at least one
 * @param leeway by how much the clocks may differ
 * @param connection how its server is reached
 * @param client for people who log in with a browser; empty if they cannot
 */
public record OidcConfig(
        String name,
        String issuer,
        Set<String> audiences,
        Optional<JwksLocation> keys,
        Names users,
        Optional<Names> groups,
        Map<String, List<String>> claims,
        Set<SigningAlgorithm> algorithms,
        Duration leeway,
        Connection connection,
        Optional<Client> client) {
    public OidcConfig {
        audiences = Set.copyOf(audiences);
        claims = Map.copyOf(claims);
        algorithms = Set.copyOf(algorithms);
    }

    /**
     * Where names come from.
     *
     * @param claim in which they stand
     * @param prefix what is put before them; may be empty
     */
    public record Names(String claim, String prefix) {}

    /**
     * The way to a server.
     *
     * @param authorities a PEM file, if the Java runtime does not trust its certificate
     * @param plainHttp whether it may be spoken to by HTTP although it is another machine
     */
    public record Connection(Optional<Path> authorities, boolean plainHttp) {}

    /**
     * What the registry is to the issuer.
     *
     * @param secret empty for a public client
     * @param scopes what is asked for, {@code openid} among them
     */
    public record Client(String id, Optional<Secret> secret, List<String> scopes) {
        public Client {
            scopes = List.copyOf(scopes);
        }
    }
}

package io.longshore.registry;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.LoginProvider;
import io.longshore.registry.access.account.LastUses;
import io.longshore.registry.access.account.PasswordHash;
import io.longshore.registry.access.account.Sources;
import io.longshore.registry.access.certificate.CertificateAuthenticator;
import io.longshore.registry.access.certificate.CertificateName;
import io.longshore.registry.access.htpasswd.HtpasswdAuthenticator;
import io.longshore.registry.access.ldap.LdapAuthenticator;
import io.longshore.registry.access.ldap.LdapSettings;
import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.access.oidc.OidcAuthenticator;
import io.longshore.registry.access.oidc.TrustedIssuer;
import io.longshore.registry.access.oidc.TrustedIssuers;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.AuthConfig;
import io.longshore.registry.config.CertificateConfig;
import io.longshore.registry.config.LdapConfig;
import io.longshore.registry.config.OidcConfig;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says to CDI how access control is made, as {@link Wiring} does of the rest. */
@Dependent
public class AccessWiring {
    private static final System.Logger LOG = System.getLogger(AccessWiring.class.getName());

    @Produces
    @Singleton
    static Audit audit(Database database) {
        return new Audit(database);
    }

    @Produces
    @Singleton
    static Policy policy(Database database, RegistryConfig config) {
        if (config.auth().open() && !config.http().addr().isLoopback()) {
            LOG.log(System.Logger.Level.WARNING, "everybody who reaches " + config.http().addr()
                    + " may push, delete and administer: nothing is set under auth");
        }
        return new Policy(database, rules(config.auth()), config.storage().readOnly(), System::nanoTime);
    }

    /** What the configuration says, as rules. */
    static List<Rule> rules(AuthConfig auth) {
        List<Rule> rules = new ArrayList<>(auth.rules());
        addEverywhere(rules, Subject.ANONYMOUS, auth.open() ? Set.of(Action.ADMIN) : auth.anonymous());
        addEverywhere(rules, Subject.AUTHENTICATED, auth.authenticated());
        auth.admins().forEach(admin -> addEverywhere(rules, admin, Set.of(Action.ADMIN)));
        return rules;
    }

    private static void addEverywhere(List<Rule> rules, Subject subject, Set<Action> actions) {
        if (!actions.isEmpty()) {
            rules.add(new Rule(subject, new Grant(RepositoryPattern.ALL, actions)));
        }
    }

    @Produces
    @Singleton
    static RuleService rules(Database database, Policy policy, Audit audit) {
        return new RuleService(database, policy, audit);
    }

    @Produces
    @Singleton
    static TrustedIssuers issuers(RegistryConfig config) throws IOException {
        List<TrustedIssuer> issuers = new ArrayList<>();
        for (OidcConfig issuer : config.auth().logins().oidc()) {
            issuers.add(TrustedIssuer.open(issuer, Clock.systemUTC()));
        }
        return new TrustedIssuers(issuers, Clock.systemUTC());
    }

    @Produces
    @Singleton
    static Sources sources(
            RegistryConfig config, Database database, PasswordHash passwords, LastUses uses, TrustedIssuers issuers,
            @Any Instance<LoginProvider> providers)
            throws IOException {
        AuthConfig auth = config.auth();
        return AccountWiring.sources(
                database, passwords, uses, auth.logins().accounts().users(), others(auth, issuers, providers));
    }

    @Produces
    @Singleton
    static LoginService logins(
            RegistryConfig config, Database database, Audit audit, LastUses uses, Sources sources) {
        AuthConfig auth = config.auth();
        return new LoginService(
                AccountWiring.chain(database, uses, sources), audit, auth.cacheTime(), auth.throttle().after(),
                auth.throttle().longest(), System::nanoTime);
    }

    /** Those that do not ask the database. */
    private static List<Authenticator> others(
            AuthConfig auth, TrustedIssuers issuers, Instance<LoginProvider> providers) throws IOException {
        List<Authenticator> chain = new ArrayList<>();
        if (!issuers.all().isEmpty()) {
            chain.add(new OidcAuthenticator(issuers.all(), Clock.systemUTC()));
        }
        if (auth.logins().htpasswd().isPresent()) {
            chain.add(HtpasswdAuthenticator.open(auth.logins().htpasswd().get().path()));
        }
        if (auth.logins().ldap().isPresent()) {
            chain.add(LdapAuthenticator.open(settings(auth.logins().ldap().get())));
        }
        auth.logins().certificate().ifPresent(certificate -> chain.add(authenticator(certificate)));
        for (Map.Entry<String, Map<String, Secret>> provider : auth.logins().providers().entrySet()) {
            chain.add(provided(provider.getKey(), provider.getValue(), providers));
        }
        return chain;
    }

    static void close(@Disposes LoginService logins) {
        logins.close();
    }

    private static LdapSettings settings(LdapConfig ldap) {
        LdapConfig.Groups groups = ldap.groups();
        return new LdapSettings(
                ldap.servers().stream()
                        .map(server -> new LdapSettings.Server(server.host(), server.port(), server.secure()))
                        .toList(),
                new LdapSettings.Tls(ldap.startTls(), ldap.caFile()),
                ldap.account().map(account -> new LdapSettings.Account(account.dn(), account.password())),
                new LdapSettings.Users(ldap.users().base(), ldap.users().filter(), ldap.users().nameAttribute()),
                new LdapSettings.Groups(
                        groups.attribute(),
                        groups.search().map(search -> new LdapSettings.GroupSearch(search.base(), search.filter())),
                        groups.nameAttribute(),
                        groups.nestedLevels()),
                new LdapSettings.Connections(ldap.poolSize(), ldap.connectTimeout(), ldap.responseTimeout()));
    }

    private static Authenticator authenticator(CertificateConfig certificate) {
        return new CertificateAuthenticator(
                CertificateName.valueOf(certificate.name().name()),
                certificate.prefix(),
                certificate.groups().map(CertificateConfig.Groups::name),
                Clock.systemUTC());
    }

    private static Authenticator provided(
            String name, Map<String, Secret> parameters, Instance<LoginProvider> providers) throws IOException {
        Instance<LoginProvider> named = providers.select(NamedLiteral.of(name));
        if (!named.isResolvable()) {
            throw new IllegalStateException("auth.providers: there is no login provider \"" + name
                    + "\" in the EAR; a provider is a CDI bean with @Named in a jar under lib/");
        }
        return named.get().open(parameters);
    }
}

package io.longshore.registry.web.admin;

import io.longshore.registry.access.account.Accounts;
import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.access.token.RefreshTokens;
import io.longshore.registry.access.token.SigningKeys;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.notification.Dispatcher;
import io.longshore.registry.notification.Endpoints;
import io.longshore.registry.notification.Replays;
import io.longshore.registry.notification.http.TargetRules;
import io.longshore.registry.replication.Rules;
import io.longshore.registry.replication.Runs;
import java.util.ArrayList;
import java.util.List;

/** The resources of the administration API. */
public final class AdminResources {

    private AdminResources() {}

    /** @param users whether the registry keeps users: nothing is there about them if it does not */
    public static List<Object> of(
            Accounts accounts, boolean users, LoginService logins, Policy policy, RuleService rules, Audit audit,
            SigningKeys keys, RefreshTokens refreshTokens) {
        OwnAdministration own = new OwnAdministration(policy);
        List<Object> resources = new ArrayList<>(List.of(
                new WhoAmIResource(policy),
                new RulesResource(rules, policy, own),
                new ReadOnlyResource(policy, rules),
                new AuditResource(audit),
                new RobotsResource(accounts.robots()),
                new TokensResource(accounts.tokens()),
                new SigningKeysResource(keys),
                new RefreshTokensResource(refreshTokens),
                new OpenApiResource()));
        if (users) {
            resources.add(new UsersResource(accounts.users(), own));
            resources.add(new GroupsResource(accounts.groups(), own));
            resources.add(new PasswordResource(accounts.users(), logins));
        }
        return resources;
    }

    /** Those about webhooks. */
    public static List<Object> ofWebhooks(
            Endpoints endpoints, Replays replays, Dispatcher dispatcher, TargetRules targets) {
        return List.of(
                new WebhooksResource(endpoints, targets),
                new WebhookDeliveriesResource(endpoints, replays, dispatcher));
    }

    /** Those about replication. */
    public static List<Object> ofReplication(Rules rules, Runs runs) {
        return List.of(new ReplicationRulesResource(rules, runs), new ReplicationRunsResource(runs));
    }
}

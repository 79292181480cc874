package io.longshore.registry.config;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types of keys that say who may do what. */
final class AuthTypes {
    static final ValueType<Set<Action>> ACTIONS = ValueType.tree("list of actions", AuthTypes::actions);
    static final ValueType<List<Subject>> ADMINS = ValueType.tree("list of subjects", AuthTypes::admins);
    static final ValueType<List<Rule>> RULES = ValueType.tree("list of rules", AuthTypes::rules);
    static final ValueType<List<AddressRange>> ADDRESSES = ValueType.tree("list of address ranges", AuthTypes::ranges);
    static final ValueType<Map<String, Map<String, Secret>>> PROVIDERS =
            ValueType.tree("map of maps of secrets", AuthTypes::providers);

    private static final String RULE = "{subject: user:alice, repositories: team/**, actions: [pull, push]}";

    private AuthTypes() {}

    /** One or several of the words; {@code none} stands for none of them. */
    private static Set<Action> actions(Value value) {
        String expected = "expected none, or a list of pull, push, delete, admin";
        Set<Action> actions = EnumSet.noneOf(Action.class);
        List<String> words = Types.texts(value, expected);
        if (!words.equals(List.of("none"))) {
            words.forEach(word ->
                    actions.add(Action.of(word).orElseThrow(() -> new IllegalArgumentException(expected))));
        }
        return actions;
    }

    private static List<Subject> admins(Value value) {
        String expected = "expected user:NAME, group:NAME or robot:NAME";
        return Types.texts(value, expected).stream().map(text -> named(text, expected)).toList();
    }

    private static Subject named(String text, String expected) {
        Subject subject;
        try {
            subject = Subject.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(expected, e);
        }
        Types.require(!subject.name().isEmpty(), expected);
        return subject;
    }

    private static List<Rule> rules(Value value) {
        Types.require(value instanceof Value.Items, "expected rules: [" + RULE + "]");
        List<Rule> rules = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (Value item : ((Value.Items) value).items()) {
            number++;
            try {
                rules.add(rule(item));
            } catch (IllegalArgumentException e) {
                problems.add("rule " + number + ": " + e.getMessage());
            }
        }
        Types.require(problems.isEmpty(), String.join("; ", problems));
        return rules;
    }

    private static Rule rule(Value value) {
        Types.require(value instanceof Value.Entries, "expected " + RULE);
        Map<String, Value> entries = ((Value.Entries) value).entries();
        Types.require(entries.keySet().equals(Set.of("subject", "repositories", "actions")), "expected " + RULE);
        Set<Action> actions = actions(entries.get("actions"));
        Types.require(!actions.isEmpty(), "expected at least one action");
        return new Rule(
                Subject.parse(Types.text(entries.get("subject"), "expected one subject")),
                new Grant(pattern(Types.text(entries.get("repositories"), "expected one pattern")), actions));
    }

    private static RepositoryPattern pattern(String text) {
        try {
            return RepositoryPattern.parse(text);
        } catch (RegistryException.Invalid e) {
            throw new IllegalArgumentException("expected a pattern of repositories such as team/**", e);
        }
    }

    private static List<AddressRange> ranges(Value value) {
        return Types.texts(value, "expected addresses and ranges such as 10.0.0.0/8").stream()
                .map(AddressRange::parse)
                .toList();
    }

    private static Map<String, Map<String, Secret>> providers(Value value) {
        String expected = "expected names of providers, each with its parameters: {mine: {url: \"…\"}}";
        Types.require(value instanceof Value.Entries, expected);
        Map<String, Map<String, Secret>> providers = new LinkedHashMap<>();
        ((Value.Entries) value).entries().forEach((name, parameters) ->
                providers.put(name, parameters.isEmpty() ? Map.of() : Types.secrets(parameters)));
        return providers;
    }
}

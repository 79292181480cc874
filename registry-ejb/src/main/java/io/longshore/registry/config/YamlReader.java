package io.longshore.registry.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML into values, scalars as they are written: {@code 0.10} stays {@code 0.10}, and no object is ever built.
 * Every value knows its line, which is that of its key where it has one. Messages quote nothing of the text, which may
 * hold secrets.
 */
final class YamlReader {
    private static final int DEEPEST = 50;
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new CoreSchema())
            .build();

    private final Source source;
    private final Problems problems;

    private YamlReader(Source source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** What cannot be read is a problem, and nothing in the result. */
    static Value read(String text, Source source, Problems problems) {
        return new YamlReader(source, problems).read(text);
    }

    private Value read(String text) {
        try {
            Optional<Node> root = new Compose(SETTINGS).composeString(text);
            return root.map(node -> value(node, line(node), 0)).orElse(new Value.Nothing(source));
        } catch (MarkedYamlEngineException e) {
            String place = e.getProblemMark()
                    .map(mark -> source.line(mark.getLine() + 1).text() + " column " + (mark.getColumn() + 1))
                    .orElse(source.text());
            problems.add(place + ": not valid YAML; check the indentation, and put a text in quotes that begins with"
                    + " one of * & ! % @ ` or contains ': ' or ' #'");
        } catch (YamlEngineException e) {
            problems.add(source.text() + ": not valid YAML");
        }
        return new Value.Nothing(source);
    }

    private Source line(Node node) {
        return source.line(node.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }

    private Value value(Node node, Source here, int depth) {
        if (depth > DEEPEST) {
            problems.add(here.text() + ": more than " + DEEPEST + " levels, or a structure that contains itself");
            return new Value.Nothing(here);
        }
        if (!PLAIN_TAGS.contains(node.getTag())) {
            problems.add(here.text() + ": no YAML tag is understood here; put a text that begins with ! in quotes");
            return new Value.Nothing(here);
        }
        if (node instanceof MappingNode mapping) {
            return entries(mapping, here, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<Value> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(value(item, line(item), depth + 1)));
            return new Value.Items(items, here);
        }
        return node.getTag().equals(Tag.NULL)
                ? new Value.Nothing(here)
                : new Value.Text(((ScalarNode) node).getValue(), here);
    }

    private Value entries(MappingNode mapping, Source here, int depth) {
        Map<String, Value> entries = new LinkedHashMap<>();
        Set<String> twice = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Source line = line(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(line.text() + ": a key is a single word");
                continue;
            }
            Value value = value(tuple.getValueNode(), line, depth + 1);
            if (entries.put(key.getValue(), value) != null && twice.add(key.getValue())) {
                problems.add(key.getValue(), line, "stands there twice; keep one");
            }
        }
        return new Value.Entries(entries, here);
    }
}

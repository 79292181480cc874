package io.longshore.registry.it.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a receiver was told about tags.
 *
 * @param events in the order in which they came
 */
record Told(List<JsonNode> events) {
    Told {
        events = List.copyOf(events);
    }

    static String id(JsonNode event) {
        return event.path("id").asText();
    }

    static String repository(JsonNode event) {
        return event.path("target").path("repository").asText();
    }

    static String tag(JsonNode event) {
        return event.path("target").path("tag").asText();
    }

    /** The tags of each repository, each as it was told first. */
    Map<String, List<String>> tags() {
        Map<String, List<String>> tags = new HashMap<>();
        Map<String, Set<String>> seen = new HashMap<>();
        for (JsonNode event : events) {
            if (seen.computeIfAbsent(repository(event), name -> new HashSet<>()).add(tag(event))) {
                tags.computeIfAbsent(repository(event), name -> new ArrayList<>()).add(tag(event));
            }
        }
        return tags;
    }

    /** How many different tags were told. */
    int count() {
        return tags().values().stream().mapToInt(List::size).sum();
    }

    /** Checks that every tag was told, and in order, and that an event is the same whenever it is told. */
    void isWhatWasPushed(TagPushes pushes) {
        Map<String, List<String>> tags = tags();
        for (String repository : pushes.repositories()) {
            assertThat(tags.get(repository)).as("tags of %s, in order", repository).isEqualTo(pushes.tags());
        }
        Map<String, JsonNode> byId = new HashMap<>();
        for (JsonNode event : events) {
            JsonNode other = byId.putIfAbsent(id(event), event);
            assertThat(other == null || other.equals(event)).as("the same event by the same id").isTrue();
        }
    }

    /** Of each event that was told more than once, where it stands first in the list. */
    List<Integer> toldAgain() {
        Map<String, Integer> first = new HashMap<>();
        Set<Integer> again = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            Integer before = first.putIfAbsent(id(events.get(i)), i);
            if (before != null) {
                again.add(before);
            }
        }
        return again.stream().sorted().toList();
    }
}

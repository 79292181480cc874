package io.longshore.registry.metrics;

import java.util.Map;
import java.util.TreeMap;

/** What a page says, by name and labels. */
record Samples(Map<String, Double> values, Map<String, String> types) {

    static Samples of(String page) {
        Map<String, Double> values = new TreeMap<>();
        Map<String, String> types = new TreeMap<>();
        page.lines().forEach(line -> {
            int space = line.lastIndexOf(' ');
            if (line.startsWith("# TYPE ")) {
                types.put(line.substring("# TYPE ".length(), space), line.substring(space + 1));
            } else if (!line.startsWith("#")) {
                values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
            }
        });
        return new Samples(values, types);
    }

    /** Those that are of an endpoint, without buckets and what a clock says. */
    Map<String, Double> ofEndpoint(String endpoint) {
        Map<String, Double> found = new TreeMap<>(values);
        found.keySet().removeIf(name -> !name.contains("endpoint=\"" + endpoint + "\"") || name.contains("_bucket")
                || name.contains("_seconds_max") || name.contains("_seconds_sum") || name.contains("_age_"));
        return found;
    }
}

package io.longshore.registry.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The samples of one phase on one server, a round each. For one thread. */
final class Measurements {

    private final List<Sample> samples = new ArrayList<>();

    void add(Sample sample) {
        samples.add(sample);
    }

    /** The median over the rounds; of an even number, the mean of the two in the middle. NaN if there are none. */
    double median(ToDoubleFunction<Sample> value) {
        return median(samples.stream().map(value::applyAsDouble));
    }

    /** The same, of any numbers. */
    static double median(Stream<Double> unordered) {
        List<Double> values = unordered.sorted(Comparator.naturalOrder()).toList();
        if (values.isEmpty()) {
            return Double.NaN;
        }
        int half = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(half) : (values.get(half - 1) + values.get(half)) / 2;
    }
}

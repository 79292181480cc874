package io.longshore.registry.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Guesses what was meant. */
final class Nearest {
    private static final int LONGEST_NAME = 200;

    private Nearest() {}

    /**
     * The name with the smallest edit distance. Names that hold all words of the unknown one in its order, and end as
     * it does, come before all others; of equals, one that begins with the same word.
     */
    static String to(String unknown, Collection<String> known) {
        String name = unknown.length() > LONGEST_NAME ? unknown.substring(0, LONGEST_NAME) : unknown;
        List<String> longer = known.stream().filter(candidate -> misses(candidate, name)).toList();
        Comparator<String> near = Comparator.comparingInt(candidate -> distance(name, candidate));
        Comparator<String> alike = Comparator.comparing(candidate -> !firstWord(candidate).equals(firstWord(name)));
        return (longer.isEmpty() ? known : longer).stream().min(near.thenComparing(alike)).orElseThrow();
    }

    private static String firstWord(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** Whether the words of {@code name} occur in {@code candidate} in this order, the last at its end. */
    private static boolean misses(String candidate, String name) {
        if (!candidate.endsWith("." + name.substring(name.lastIndexOf('.') + 1))) {
            return false;
        }
        Iterator<String> words = List.of(candidate.split("\\.")).iterator();
        for (String word : name.split("\\.")) {
            boolean found = false;
            while (!found && words.hasNext()) {
                found = words.next().equals(word);
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    /** How many characters must be put in, taken out or replaced. */
    static int distance(String left, String right) {
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}

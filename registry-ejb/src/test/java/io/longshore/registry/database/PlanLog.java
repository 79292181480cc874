package io.longshore.registry.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The plans that PostgreSQL writes to its log once {@link TestDatabase#logPlans} says so. */
public final class PlanLog {
    private static final Pattern ENTRY =
            Pattern.compile("^.*LOG: {2}duration: .* plan:\\R((?:\t.*\\R)+)", Pattern.MULTILINE);
    private static final Pattern ROWS = Pattern.compile("\\(actual time=\\S+ rows=(\\d+) loops=(\\d+)\\)");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by .*: (\\d+)");

    private final Path file;

    PlanLog(Path file) {
        this.file = file;
    }

    /** How a statement was carried out: what {@code explain analyze} prints. */
    public record Plan(String text) {

        /** Beside those of endpoints of webhooks and of rules of replication, which have a few rows at most. */
        public boolean scansWholeTables() {
            return text.replace("Seq Scan on webhook_endpoint", "")
                    .replace("Seq Scan on replication_rule", "")
                    .contains("Seq Scan on");
        }

        /** The most rows that any step of the plan looked at. */
        public long mostRows() {
            Stream<Long> passed = ROWS.matcher(text).results()
                    .map(rows -> Long.parseLong(rows.group(1)) * Long.parseLong(rows.group(2)));
            Stream<Long> removed = REMOVED.matcher(text).results().map(rows -> Long.parseLong(rows.group(1)));
            return Stream.concat(passed, removed).mapToLong(Long::longValue).max().orElse(0);
        }

        @Override
        public String toString() {
            return '\n' + text;
        }
    }

    /** Runs the work and returns the plans of all its statements, those of triggers and foreign keys included. */
    public List<Plan> plansOf(Runnable work) {
        int before = read().length();
        work.run();
        Matcher entry = ENTRY.matcher(read().substring(before));
        return entry.results().map(found -> new Plan(found.group(1))).toList();
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

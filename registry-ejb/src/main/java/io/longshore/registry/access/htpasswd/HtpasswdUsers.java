package io.longshore.registry.access.htpasswd;

import io.longshore.registry.permission.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an htpasswd file held when it was read. Immutable. */
final class HtpasswdUsers {
    /** The costs that htpasswd itself takes; each step doubles the time, and the next one would take ten seconds. */
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-7])\\$[./A-Za-z0-9]{53}");

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    /** Stands where bytes are not UTF-8. */
    private static final String REPLACEMENT = "\uFFFD";

    private final Map<String, String> hashes;
    private final List<String> decoys;
    private final List<String> problems;

    private HtpasswdUsers(Map<String, String> hashes, List<String> problems) {
        this.hashes = Map.copyOf(hashes);
        this.decoys = List.copyOf(hashes.values());
        this.problems = List.copyOf(problems);
    }

    /** Of a name that stands there twice the last line counts, as in distribution. */
    static HtpasswdUsers parse(String text) {
        Map<String, String> hashes = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String raw : text.startsWith(BYTE_ORDER_MARK) ? text.substring(1).split("\n") : text.split("\n")) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            String hash = line.substring(colon + 1);
            if (!Subject.isName(name) || name.contains(REPLACEMENT)) {
                problems.add("line " + number + " is ignored: expected NAME:HASH, the name in UTF-8, of at most 255"
                        + " characters and without control characters");
            } else if (!BCRYPT.matcher(hash).matches()) {
                problems.add("line " + number + " is ignored: expected a hash of bcrypt with a cost from 4 to 17, such"
                        + " as htpasswd -B makes");
            } else if (hashes.put(name, hash) != null) {
                problems.add("line " + number + " replaces an earlier one with the same name");
            }
        }
        return new HtpasswdUsers(hashes, problems);
    }

    Optional<String> hash(String name) {
        return Optional.ofNullable(hashes.get(name));
    }

    /**
     * A hash of somebody else, for a name that is not there: always the same one for a name, and of all costs in the
     * file, so that the time tells nothing. Empty if nobody is there.
     */
    Optional<String> decoy(String name) {
        return decoys.isEmpty()
                ? Optional.empty()
                : Optional.of(decoys.get(Math.floorMod(name.hashCode(), decoys.size())));
    }

    /** What is wrong with some lines, with their numbers and nothing of what they hold. */
    List<String> problems() {
        return problems;
    }
}

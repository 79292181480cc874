package io.longshore.registry.it.access;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may do what, in one table: in public repositories, in private ones, and elsewhere. */
final class AccessMatrix {
    private static final String TABLE = """
                                 | public               | private              |
                                 | pull   push   delete | pull   push   delete | /v2/  catalog token keys
            ANONYMOUS            | YES    LOGIN  LOGIN  | LOGIN  LOGIN  LOGIN  | LOGIN YES     YES   YES
            WRONG_PASSWORD       | WRONG  WRONG  WRONG  | WRONG  WRONG  WRONG  | WRONG WRONG   WRONG YES
            UNREADABLE_HEADER    | WRONG  WRONG  WRONG  | WRONG  WRONG  WRONG  | WRONG WRONG   WRONG YES
            NOBODY               | YES    NO     NO     | NO     NO     NO     | YES   YES     YES   YES
            PULLER               | YES    NO     NO     | YES    NO     NO     | YES   YES     YES   YES
            PUSHER               | YES    YES    NO     | YES    YES    NO     | YES   YES     YES   YES
            DELETER              | YES    NO     YES    | YES    NO     YES    | YES   YES     YES   YES
            REPOSITORY_ADMIN     | YES    YES    YES    | YES    YES    YES    | YES   YES     YES   YES
            REGISTRY_ADMIN       | YES    YES    YES    | YES    YES    YES    | YES   YES     YES   YES
            ROBOT                | YES    YES    NO     | YES    YES    NO     | YES   YES     YES   YES
            LIMITED_KEY          | YES    NO     NO     | YES    NO     NO     | YES   YES     YES   YES
            TOKEN_OF_LIMITED_KEY | YES    NO     NO     | YES    NO     NO     | YES   YES     STALE YES
            TOKEN_FOR_THIS       | YES    YES    YES    | YES    YES    YES    | YES   YES     STALE YES
            TOKEN_FOR_LESS       | MORE   MORE   MORE   | MORE   MORE   MORE   | YES   MORE    STALE YES
            TOKEN_FOR_ANOTHER    | MORE   MORE   MORE   | MORE   MORE   MORE   | YES   YES     STALE YES
            TOKEN_FOR_NOTHING    | MORE   MORE   MORE   | MORE   MORE   MORE   | YES   MORE    STALE YES
            TOKEN_OF_NOBODY      | YES    NO     NO     | NO     NO     NO     | YES   YES     STALE YES
            ANONYMOUS_TOKEN      | YES    LOGIN  LOGIN  | LOGIN  LOGIN  LOGIN  | YES   YES     STALE YES
            EXPIRED_TOKEN        | STALE  STALE  STALE  | STALE  STALE  STALE  | STALE STALE   STALE YES
            GARBAGE_TOKEN        | STALE  STALE  STALE  | STALE  STALE  STALE  | STALE STALE   STALE YES
            """;
    private static final List<Need> IN_A_REPOSITORY = List.of(Need.PULL, Need.PUSH, Need.DELETE);
    private static final List<Need> ELSEWHERE = List.of(Need.SIGN_IN, Need.CATALOG, Need.TOKEN, Need.KEYS);

    private static final Map<Role, AccessMatrix> ROWS = parsed();

    private final Map<Need, Outcome> inPublic = new EnumMap<>(Need.class);
    private final Map<Need, Outcome> inPrivate = new EnumMap<>(Need.class);

    private static Map<Role, AccessMatrix> parsed() {
        Map<Role, AccessMatrix> rows = new LinkedHashMap<>();
        TABLE.lines().skip(2).forEach(line -> {
            String[] cells = line.split("\\|");
            AccessMatrix row = new AccessMatrix();
            row.read(row.inPublic, IN_A_REPOSITORY, cells[1]);
            row.read(row.inPrivate, IN_A_REPOSITORY, cells[2]);
            row.read(row.inPublic, ELSEWHERE, cells[3]);
            row.read(row.inPrivate, ELSEWHERE, cells[3]);
            rows.put(Role.valueOf(cells[0].strip()), row);
        });
        return rows;
    }

    private void read(Map<Need, Outcome> row, List<Need> columns, String cells) {
        List<String> words = Arrays.asList(cells.strip().split(" +"));
        if (words.size() != columns.size()) {
            throw new IllegalArgumentException("expected " + columns + " and not " + cells);
        }
        for (int i = 0; i < words.size(); i++) {
            row.put(columns.get(i), Outcome.valueOf(words.get(i)));
        }
    }

    /** @param folder {@code public} or {@code private} */
    static Outcome of(Role role, String folder, Need need) {
        AccessMatrix row = ROWS.get(role);
        return (folder.equals("public") ? row.inPublic : row.inPrivate).get(need);
    }
}

package io.longshore.registry.storage.contract;

import io.longshore.registry.storage.StageId;
import java.util.List;

/** Ids that a driver never gave, though they may reach it. */
final class StrangeIds {
    private StrangeIds() {}

    /** Some of any kind, and some that are like the given one. */
    static List<StageId> of(StageId given) {
        String value = given.value();
        return List.of(
                new StageId("."),
                new StageId(".."),
                new StageId("../../etc/passwd"),
                new StageId("/"),
                new StageId("00000000-0000-0000-0000-000000000000"),
                new StageId("sha256:" + "0".repeat(64)),
                new StageId("=".repeat(1024)),
                new StageId("./" + value.substring(Math.min(value.length() - 1, 2))),
                new StageId("x/../" + value.substring(0, Math.min(value.length(), 1000))));
    }
}

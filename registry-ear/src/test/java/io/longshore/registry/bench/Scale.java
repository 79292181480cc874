package io.longshore.registry.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds of all phases, each on both servers
 * @param warmUp how long each phase runs before the first round, not measured
 * @param measured how long a phase runs that needs no data of its own
 * @param bigPushes how many big blobs a phase pushes
 * @param smallPushes how many small blobs, or manifests, a phase pushes
 * @param manifests how many tagged manifests there are to read
 * @param tags how many tags the repository with the long list has
 * @param repositories how many repositories the catalog has at least
 * @param deletions how many manifests a phase deletes
 * @param starts how often each server is started again
 */
record Scale(int rounds, Duration warmUp, Duration measured, int bigPushes, int smallPushes, int manifests, int tags,
        int repositories, int deletions, int starts) {

    static final Scale QUICK =
            new Scale(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 2, 200, 200, 1000, 400, 20, 1);
    static final Scale FULL =
            new Scale(3, Duration.ofSeconds(4), Duration.ofSeconds(4), 8, 2000, 2000, 10_000, 2000, 200, 3);

    /** Set by {@code bench.quick} and {@code bench.rounds}. */
    static Scale fromSystemProperties() {
        Scale scale = Boolean.getBoolean("bench.quick") ? QUICK : FULL;
        Integer rounds = Integer.getInteger("bench.rounds");
        if (rounds == null) {
            return scale;
        }
        if (rounds < 1) {
            throw new IllegalArgumentException("bench.rounds is less than 1: " + rounds);
        }
        return scale.withRounds(rounds);
    }

    /** For a place that takes long for each blob, however small it is. */
    Scale withSmallBlobs(int most) {
        return new Scale(rounds, warmUp, measured, bigPushes, Math.min(smallPushes, most), Math.min(manifests, most),
                tags, repositories, deletions, starts);
    }

    private Scale withRounds(int other) {
        return new Scale(other, warmUp, measured, bigPushes, smallPushes, manifests, tags, repositories, deletions,
                starts);
    }
}

package io.longshore.registry.notification;

import io.longshore.registry.config.EndpointConfig;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How an endpoint is doing.
 *
 * @param endpoint without headers and keys, and of its address no more than scheme, host and port; empty if the
 *     configuration of another node has it
 * @param hidden empty if this node does not know it, or cannot read it
 * @param pending how many events it is still to be told
 * @param deadLetters how many were given up, and can be sent again
 * @param oldest since when the oldest of those that are pending waits
 */
public record EndpointStatus(
        String name,
        EndpointState state,
        EndpointConfig.Filter filter,
        Optional<Endpoint> endpoint,
        Optional<Hidden> hidden,
        Made made,
        Attempts attempts,
        long pending,
        long deadLetters,
        Optional<Instant> oldest) {

    /**
     * What may be said of what must not be seen.
     *
     * @param headers their names, in alphabetical order
     * @param signed whether there are keys
     */
    public record Hidden(List<String> headers, boolean signed) {
        static Hidden of(Endpoint endpoint) {
            return new Hidden(
                    endpoint.headers().keySet().stream().sorted().toList(), !endpoint.secrets().isEmpty());
        }
    }

    /**
     * Where an endpoint comes from.
     *
     * @param configured by the configuration, which alone can change it
     */
    public record Made(boolean configured, String by, Instant at) {}

    /**
     * What came of the attempts of all time.
     *
     * @param received how many events were
     * @param failed how many attempts were in vain
     * @param givenUp how many events were
     * @param lastStatus of HTTP; empty if there was no reply, or no attempt yet
     */
    public record Attempts(
            long received, long failed, long givenUp, Optional<Instant> last, OptionalInt lastStatus,
            long lastLatencyMillis) {}
}

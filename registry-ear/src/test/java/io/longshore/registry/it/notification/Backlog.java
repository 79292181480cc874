package io.longshore.registry.it.notification;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Many events that wait, put there by SQL, and what one receiver is told of them. Thread-safe. */
final class Backlog {
    private static final int REPOSITORIES = 5_000;
    private static final String PREFIX = "backlog/";

    private final Map<String, Integer> last = new ConcurrentHashMap<>();
    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final AtomicInteger outOfOrder = new AtomicInteger();

    /** Writes events, and for each endpoint the deliveries and lanes, as a node does. Tags are numbered by time. */
    static void fill(SharedDatabase postgres, String database, int events) {
        postgres.run(database, """
                insert into webhook_event
                    (action, repository, tag, digest, media_type, size_bytes, actor, address, request_id, host, method,
                     user_agent, base_url, source_address, source_instance)
                select 'manifest.push', '%s' || i %% %d, 'v' || i, decode('01' || repeat('ab', 32), 'hex'),
                       'application/vnd.oci.image.manifest.v1+json', 708, 'anonymous', '192.0.2.7',
                       gen_random_uuid(), 'registry.example.com', 'PUT', 'docker/29.0', 'https://registry.example.com',
                       'node:5000', gen_random_uuid()
                from generate_series(1, %d) i""".formatted(PREFIX, REPOSITORIES, events));
        postgres.run(database, """
                insert into webhook_delivery (endpoint_id, event_id, repository)
                select w.id, e.id, e.repository
                from webhook_event e cross join webhook_endpoint w
                where e.repository like '%s%%'
                order by e.id""".formatted(PREFIX));
        postgres.run(database, """
                insert into webhook_lane (endpoint_id, repository)
                select distinct endpoint_id, repository from webhook_delivery where repository like '%s%%'
                order by endpoint_id, repository""".formatted(PREFIX));
        for (String table : new String[] {"webhook_event", "webhook_delivery", "webhook_lane"}) {
            postgres.run(database, "vacuum analyze " + table);
        }
    }

    /** Notes that a receiver was told of this, which need not be of the backlog. */
    void told(JsonNode event) {
        if (!Told.repository(event).startsWith(PREFIX)) {
            return;
        }
        int number = Integer.parseInt(Told.tag(event).substring(1));
        Integer before = last.put(Told.repository(event), number);
        if (before == null || before < number) {
            told.incrementAndGet();
        } else if (before == number) {
            again.incrementAndGet();
        } else {
            outOfOrder.incrementAndGet();
        }
    }

    /** How many events of the backlog came, each counted once. */
    int told() {
        return told.get();
    }

    int toldAgain() {
        return again.get();
    }

    int outOfOrder() {
        return outOfOrder.get();
    }
}

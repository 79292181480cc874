package io.longshore.registry.notification.http;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.notification.Answer;
import io.longshore.registry.notification.Endpoint;
import io.longshore.registry.config.EndpointConfig.Format;
import io.longshore.registry.notification.Event;
import io.longshore.registry.notification.Sender;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;

/**
 * Sends events by POST over HTTP/1.1. Follows no redirect, keeps no cookies, tries once. Thread-safe.
 *
 * <p>The time-out of an endpoint is that of all: finding the address, connecting, TLS, sending, and the reply to its
 * end. A reply that does not end is none, whatever its status; but of one that is longer than 64 KiB the rest
 * is not waited for. Requests do not wait for each other, whatever their receivers do, but for those to a host whose
 * address is not found.
 *
 * <p>An endpoint whose settings cannot be used, or whose server is not permitted, gives an answer that says so. What
 * depends on an answer may block for a while: it runs on one of a few threads that do nothing else.
 */
public final class HttpSender implements Sender {
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final int MOST_TOLD = 4;

    private final TargetRules rules;
    private final Clients clients;
    private final Set<Attempt> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, new Threads("webhook-timer"));
    private final Lookups lookups = new Lookups();
    private final ExecutorService telling = Threads.pool("webhook-answers", MOST_TOLD);

    /**
     * @param rules which servers may be reached, and proxies, too
     * @param version of the registry, for the header {@code User-Agent}; empty if it is not known
     */
    public HttpSender(TargetRules rules, String version) {
        this(rules, version, InetAddress::getAllByName, IDLE);
    }

    HttpSender(TargetRules rules, String version, PermittedAddresses.Lookup lookup, Duration idle) {
        this.rules = rules;
        String userAgent = version.isEmpty() ? "longshore" : "longshore/" + version;
        this.clients = new Clients(new PermittedAddresses(rules, lookup), userAgent, idle, timer);
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public CompletableFuture<Answer> send(Endpoint endpoint, List<Event> events) {
        Attempt attempt = new Attempt(new Detail(endpoint), this::tell);
        underWay.add(attempt);
        attempt.answer().whenComplete((answer, failure) -> underWay.remove(attempt));
        try {
            Duration timeout = endpoint.pace().timeout();
            ScheduledFuture<?> end = timer.schedule(
                    () -> attempt.timeOut(timeout), timeout.toMillis(), TimeUnit.MILLISECONDS);
            attempt.answer().whenComplete((answer, failure) -> end.cancel(false));
            lookups.execute(hostToFind(endpoint), () -> begin(attempt, endpoint, events));
        } catch (RejectedExecutionException e) {
            attempt.end("the registry is being stopped");
        }
        return attempt.answer();
    }

    /** That whose address is looked up: names of servers behind a proxy are the proxy's business. */
    private static String hostToFind(Endpoint endpoint) {
        String host = endpoint.route().proxy().orElse(endpoint.url()).getHost();
        return host == null ? "" : host.toLowerCase(Locale.ROOT);
    }

    /** On a thread of its own, as the client finds addresses on the thread that begins a request. */
    private void begin(Attempt attempt, Endpoint endpoint, List<Event> events) {
        if (attempt.isEnded()) {
            return;
        }
        try {
            rules.check(endpoint.url());
            endpoint.route().proxy().ifPresent(rules::checkProxy);
            AsyncRequestProducer request = request(endpoint, events);
            attempt.began(clients.of(endpoint.route(), endpoint.pace().timeout())
                    .execute(request, attempt.reply(), attempt.reply().context(), attempt));
        } catch (RuntimeException e) {
            attempt.fail(e);
        }
    }

    private static AsyncRequestProducer request(Endpoint endpoint, List<Event> events) {
        byte[] body = body(endpoint, events);
        AsyncRequestBuilder request = AsyncRequestBuilder.post(endpoint.url().toASCIIString())
                .setEntity(body, ContentType.create(mediaType(endpoint)));
        endpoint.headers().forEach((name, values) -> values.forEach(value -> request.addHeader(name, value.reveal())));
        Signature.headers(endpoint.secrets(), Signature.id(events), Instant.now(), body).forEach(request::setHeader);
        return request.build();
    }

    private static String mediaType(Endpoint endpoint) {
        if (endpoint.format() == Format.DISTRIBUTION) {
            return DistributionBody.MEDIA_TYPE;
        }
        return endpoint.batchSize() > 1 ? CloudEventBody.BATCH_MEDIA_TYPE : CloudEventBody.MEDIA_TYPE;
    }

    private static byte[] body(Endpoint endpoint, List<Event> events) {
        boolean references = endpoint.includeReferences();
        if (endpoint.format() == Format.DISTRIBUTION) {
            return DistributionBody.of(events, references);
        }
        return endpoint.batchSize() > 1
                ? CloudEventBody.batchOf(events, references)
                : CloudEventBody.of(events.get(0), references);
    }

    private void tell(Runnable work) {
        try {
            telling.execute(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    /** How many clients are open. */
    long openClients() {
        return clients.size();
    }

    /** Ends what is under way; the answers say so. */
    @Override
    public void close() {
        timer.shutdownNow();
        underWay.forEach(attempt -> attempt.end("the registry is being stopped"));
        lookups.close();
        clients.close();
        telling.shutdown();
    }
}

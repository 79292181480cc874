package io.longshore.registry.web.admin;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.Slice;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.notification.Answer;
import io.longshore.registry.notification.Attempt;
import io.longshore.registry.notification.DeadLetter;
import io.longshore.registry.notification.Dispatcher;
import io.longshore.registry.notification.Endpoint;
import io.longshore.registry.notification.Endpoints;
import io.longshore.registry.notification.Replays;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** What endpoints of webhooks are told, were told, and could not be told. */
@Path("webhooks")
@Produces(MediaType.APPLICATION_JSON)
public final class WebhookDeliveriesResource {
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final Endpoints endpoints;
    private final Replays replays;
    private final Dispatcher dispatcher;

    public WebhookDeliveriesResource(Endpoints endpoints, Replays replays, Dispatcher dispatcher) {
        this.endpoints = endpoints;
        this.replays = replays;
        this.dispatcher = dispatcher;
    }

    /**
     * How many events are told again.
     *
     * @param events those that the endpoint is told
     */
    public record ReplayJson(int events) {}

    /** How many dead letters there were. */
    public record DiscardedJson(int discarded) {}

    /** A page of dead letters. */
    public record DeadLetterList(List<DeadLetterJson> deadLetters) {}

    /** A page of attempts. */
    public record AttemptList(List<AttemptJson> attempts) {}

    /**
     * What came of a ping.
     *
     * @param status null if there was no reply
     */
    public record PingJson(boolean received, Integer status, long latencyMillis, String detail) {
        static PingJson of(Answer answer) {
            return new PingJson(
                    answer.isReceived(), answer.status().isPresent() ? answer.status().getAsInt() : null,
                    answer.latency().toMillis(), answer.detail());
        }
    }

    @POST
    @Path("{name}/ping")
    public PingJson ping(@PathParam("name") String name, @Context HttpServletRequest request) {
        Actor actor = Caller.of(request).actor();
        Endpoint endpoint = endpoints.findToPing(actor, name);
        Duration longest = endpoint.pace().timeout();
        CompletableFuture<Answer> answer = dispatcher.ping(endpoint, actor);
        try {
            return PingJson.of(answer.get(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return PingJson.of(new Answer(OptionalInt.empty(), "no reply in time", longest, Optional.empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException.Unavailable("the registry is about to stop");
        } catch (ExecutionException e) {
            throw new IllegalStateException("what goes wrong is in the answer", e);
        }
    }

    @GET
    @Path("{name}/dead-letters")
    public Response deadLetters(
            @PathParam("name") String name, @QueryParam("n") String n, @QueryParam("last") String last) {
        Page page = Paged.page(n, last);
        Slice<DeadLetter> found = replays.list(name, id(page, 0), page.limit());
        return Paged.reply(
                found,
                page,
                letters -> new DeadLetterList(letters.stream().map(DeadLetterJson::of).toList()),
                letter -> Long.toString(letter.id()),
                WebhooksResource.path(name) + "/dead-letters");
    }

    @DELETE
    @Path("{name}/dead-letters")
    public DiscardedJson discard(@PathParam("name") String name, @Context HttpServletRequest request) {
        return new DiscardedJson(replays.discard(Caller.of(request).actor(), name));
    }

    @POST
    @Path("{name}/replay")
    public ReplayJson replay(@PathParam("name") String name, JsonBody body, @Context HttpServletRequest request) {
        WebhookReplay wanted = body.as(WebhookReplay::read);
        return new ReplayJson(wanted.events()
                .map(events -> replays.events(Caller.of(request).actor(), name, events))
                .orElseGet(() -> replays.deadLetters(Caller.of(request).actor(), name)));
    }

    @GET
    @Path("{name}/attempts")
    public Response attempts(
            @PathParam("name") String name, @QueryParam("n") String n, @QueryParam("last") String last) {
        Page page = Paged.page(n, last);
        Slice<Attempt> found = replays.attempts(name, id(page, Long.MAX_VALUE), page.limit());
        return Paged.reply(
                found,
                page,
                attempts -> new AttemptList(attempts.stream().map(AttemptJson::of).toList()),
                attempt -> Long.toString(attempt.id()),
                WebhooksResource.path(name) + "/attempts");
    }

    private static long id(Page page, long first) {
        if (page.last().isEmpty()) {
            return first;
        }
        if (!ID.matcher(page.last()).matches()) {
            throw new RegistryException.Invalid(
                    ErrorCode.PAGINATION_NUMBER_INVALID, "last must be the id of an entry of the list", "");
        }
        return Long.parseLong(page.last());
    }
}

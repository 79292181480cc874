package io.longshore.registry.web.admin;

import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.audit.AuditQuery;
import io.longshore.registry.audit.RecordedEvent;
import io.longshore.registry.database.Slice;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.web.page.NextLink;
import io.longshore.registry.web.page.Page;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Who did what, the newest first. */
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
    private static final String PATH = "/api/v1/audit";
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final Audit audit;

    public AuditResource(Audit audit) {
        this.audit = audit;
    }

    /** An event, as it is shown; what it does not have is null. */
    public record EventJson(
            long id, Instant at, String act, String actor, String address, String repository, String reference,
            String digest, String detail) {

        static EventJson of(RecordedEvent recorded) {
            AuditEvent event = recorded.event();
            return new EventJson(
                    recorded.id(), recorded.at(), event.act(), event.actor().subject(),
                    orNull(event.actor().address()),
                    event.repository().map(RepositoryName::value).orElse(null),
                    orNull(event.reference()),
                    event.digest().map(Digest::toString).orElse(null),
                    orNull(event.detail()));
        }

        private static String orNull(String text) {
            return text.isEmpty() ? null : text;
        }
    }

    /** A page of events. */
    public record EventList(List<EventJson> events) {}

    @GET
    public Response list(@BeanParam AuditParameters parameters) {
        Page page = Paged.page(parameters.n, parameters.last);
        Slice<RecordedEvent> found = audit.find(query(parameters, page.last()), page.limit());
        return Paged.reply(
                found,
                page,
                events -> new EventList(events.stream().map(EventJson::of).toList()),
                event -> Long.toString(event.id()),
                last -> link(parameters, last, page.limit()));
    }

    private static AuditQuery query(AuditParameters parameters, String last) {
        return new AuditQuery(
                time("from", parameters.from),
                time("until", parameters.until),
                Optional.ofNullable(parameters.actor),
                Optional.ofNullable(parameters.act).orElse(""),
                Optional.ofNullable(parameters.repository).map(RepositoryName::parse),
                Optional.ofNullable(parameters.address),
                last.isEmpty() ? OptionalLong.empty() : OptionalLong.of(id(last)));
    }

    private static NextLink link(AuditParameters parameters, String last, int limit) {
        NextLink link = NextLink.of(PATH, last, limit);
        for (Map.Entry<String, String> given : parameters.filters().entrySet()) {
            link.and(given.getKey(), given.getValue());
        }
        return link;
    }

    private static Optional<Instant> time(String name, String text) {
        return Optional.ofNullable(text).map(given -> {
            try {
                return Rfc3339.parse(given);
            } catch (DateTimeException e) {
                throw refused(name + ": " + Rfc3339.EXPECTED);
            }
        });
    }

    private static long id(String last) {
        if (!ID.matcher(last).matches()) {
            throw refused("last: expected the id of an event");
        }
        return Long.parseLong(last);
    }

    private static RegistryException refused(String message) {
        return new RegistryException.Invalid(ErrorCode.UNSUPPORTED, message, "");
    }
}

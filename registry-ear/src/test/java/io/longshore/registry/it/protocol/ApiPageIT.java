package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sends the requests of {@code docs/api.md} in their order and compares the replies with those of the page. With
 * {@code -Dapi.page.write=true} it writes them into the page instead.
 */
@ExtendWith(RegistryExtension.class)
class ApiPageIT {
    private static final Set<String> LEFT_OUT = Set.of(
            "Date", "Connection", "Docker-Distribution-Api-Version", "X-Content-Type-Options", "Content-Security-Policy");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** The repositories of the page lie below this one; the test's own lie below one of the same length. */
    private static final String PARENT = "library";

    private final Http http = Http.target();
    private final String parent = "x%06x".formatted(ThreadLocalRandom.current().nextInt(1 << 24));
    private final Map<String, String> realOfShown = new HashMap<>();
    private final Map<String, String> shownOfReal = new HashMap<>();

    @Test
    void everyExampleIsWhatTheRegistryAnswers() throws IOException {
        ApiPage page = ApiPage.read();
        List<String> unused = new ArrayList<>(uuids(Files.readString(ApiPage.FILE)));
        List<String> replies = new ArrayList<>();
        for (Example example : page.examples()) {
            String reply = exchange(example, unused);
            if (!Boolean.getBoolean("api.page.write")) {
                assertThat(reply).as("the reply to %s", example.request()).isEqualTo(example.reply());
            }
            replies.add(reply);
        }
        if (Boolean.getBoolean("api.page.write")) {
            Files.writeString(ApiPage.FILE, page.withReplies(replies));
        }
    }

    private String exchange(Example example, List<String> unused) throws IOException {
        Reply reply;
        try (RawConnection connection = http.connect()) {
            byte[] body = example.body().getBytes(StandardCharsets.UTF_8);
            List<String> head = new ArrayList<>(example.head());
            head.replaceAll(this::real);
            head.add("Host: localhost:5000");
            head.add("Content-Length: " + body.length);
            connection.sendHead(head.toArray(String[]::new)).send(body);
            reply = connection.read(example.method());
        }
        DescribedReply.check(example.method(), example.path(), reply);
        return shown(example, reply, unused);
    }

    /** What the page shows, as it is for this run. */
    private String real(String line) {
        String real = line.replace(PARENT, parent);
        for (Map.Entry<String, String> entry : realOfShown.entrySet()) {
            real = real.replace(entry.getKey(), entry.getValue());
        }
        return real;
    }

    /** A reply as the page shows it: names and identifiers of this run are replaced by those of the page. */
    private String shown(Example example, Reply reply, List<String> unused) {
        Map<String, List<String>> headers = new TreeMap<>(reply.headers());
        headers.keySet().removeIf(name -> LEFT_OUT.contains(name) && !example.shows(name));
        String text = Example.show(
                "HTTP/1.1 " + reply.status() + ' ' + Reasons.of(reply.status()),
                headers,
                reply.text().replace("\r\n", "\n").stripTrailing());
        text = text.replace(parent, PARENT);
        for (String real : uuids(text)) {
            String shown = shownOfReal.computeIfAbsent(real, key -> unused.isEmpty() ? key : unused.remove(0));
            realOfShown.put(shown, real);
            text = text.replace(real, shown);
        }
        return text;
    }

    private static Set<String> uuids(String text) {
        Set<String> uuids = new LinkedHashSet<>();
        Matcher matcher = UUID.matcher(text);
        while (matcher.find()) {
            uuids.add(matcher.group());
        }
        return uuids;
    }
}

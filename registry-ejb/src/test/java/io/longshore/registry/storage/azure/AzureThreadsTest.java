package io.longshore.registry.storage.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a store leaves behind. */
@ExtendWith(AzuriteExtension.class)
class AzureThreadsTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    private static List<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name))
                .toList();
    }

    @Test
    void aStoreThatIsClosedLeavesNoThreadsButTheSelectorOfItsClient(Azurite azurite) throws Exception {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        AzureBlobStore store = AzureBlobStore.open(azurite.settings(azurite.newContainer()));
        Blobs.put(store, Content.random(100_000));
        List<Thread> own = threads("longshore-azure-").stream().filter(thread -> !others.contains(thread)).toList();
        List<Thread> timers = threads("parallel-");
        assertThat(own).isNotEmpty();
        assertThat(timers).isNotEmpty();
        store.close();

        for (List<Thread> gone : List.of(own, timers, threads("azure-sdk-global-thread-"))) {
            for (Thread thread : gone) {
                thread.join(LONG_ENOUGH.toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }
}

package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.object.ObjectNames;
import io.longshore.registry.storage.object.Spool;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Tries out what the driver needs with a small object, so that a wrong setting is known before the first push. What a
 * check leaves that is cut short is found as a stage.
 */
final class StartCheck {
    private static final Logger LOG = System.getLogger(StartCheck.class.getName());
    private static final byte[] BYTES = "written to see whether it can be".getBytes(StandardCharsets.US_ASCII);
    /** What S3 itself puts up with. */
    private static final Duration MOST_SKEW = Duration.ofMinutes(15);

    private final Bucket bucket;
    private final Segments segments;
    private final Path spoolDirectory;
    private final Advice advice;

    StartCheck(Bucket bucket, ObjectNames names, S3Settings settings, Path spoolDirectory) {
        this.bucket = bucket;
        this.segments = new Segments(bucket, names.uploads(), StageName.random(settings.writing().chunkBytes()));
        this.spoolDirectory = spoolDirectory;
        this.advice = new Advice(settings);
    }

    void run() throws IOException {
        try {
            check();
        } catch (IOException e) {
            throw advice.about(e);
        }
    }

    private void check() throws IOException {
        String key = segments.key(0);
        try (Spool bytes = new Spool(spoolDirectory)) {
            bytes.append(ByteBuffer.wrap(BYTES), BYTES.length);
            bucket.putBlob(key, bytes);
            read(key);
            tryConditions(key, bytes);
        }
        segments.deleteAll();
        if (segments.find(0).isPresent()) {
            throw new IOException("what was deleted is still there");
        }
    }

    private void read(String key) throws IOException {
        try (ResponseInputStream<GetObjectResponse> body = bucket.get(key, 1, Optional.empty())) {
            if (!Arrays.equals(body.readAllBytes(), Arrays.copyOfRange(BYTES, 1, BYTES.length))) {
                throw new IOException("the store gives other bytes than were written, or no parts of objects");
            }
            Optional<String> date = body.response().sdkHttpResponse().firstMatchingHeader("Date");
            if (date.isPresent()) {
                checkClock(date.get());
            }
        }
    }

    /** The SDK makes up for a wrong clock; the addresses that are signed for clients cannot. */
    private void checkClock(String date) throws IOException {
        try {
            Instant store = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
            if (Duration.between(store, Instant.now()).abs().compareTo(MOST_SKEW) > 0) {
                throw advice.aboutClock(store);
            }
        } catch (DateTimeParseException e) {
            LOG.log(Level.DEBUG, "no date: {0}", date);
        }
    }

    private void tryConditions(String key, Spool bytes) throws IOException {
        try {
            bucket.putSegment(key, bytes, Optional.empty());
        } catch (SegmentChangedException e) {
            return;
        } catch (IOException e) {
            if (!Failures.isUnknownRequest(e) && Failures.status(e) != 400) {
                throw e;
            }
        }
        bucket.writeUnconditionally();
        LOG.log(Level.INFO, "the store does not compare before it writes: requests that go on with the same upload at"
                + " once, on several nodes, can harm each other");
    }
}

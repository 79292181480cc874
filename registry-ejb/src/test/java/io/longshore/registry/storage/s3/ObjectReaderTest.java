package io.longshore.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.s3.S3Settings.Writing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Stores whose answers say too little. */
class ObjectReaderTest {
    private final AtomicInteger aborted = new AtomicInteger();

    private Bucket answering(GetObjectResponse answer) {
        S3Client client = new S3Client() {
            @Override
            public <T> T getObject(
                    GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
                try {
                    return transformer.transform(
                            answer,
                            AbortableInputStream.create(
                                    new ByteArrayInputStream(new byte[100]), aborted::incrementAndGet));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public String serviceName() {
                return SERVICE_NAME;
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
        return new Bucket(client, "bucket", Writing.inChunksOf(S3Server.CHUNK_BYTES), S3Server.LITTLE);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "bytes 0-99/100", "bytes 5-99/*", "bytes 5-99", "bytes 50-99/100", "bytes 5-99/1e3"})
    void answerWithoutTheRangeThatWasAskedForIsDropped(String range) {
        Bucket bucket = answering(GetObjectResponse.builder().contentLength(100L).contentRange(range).build());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ObjectReader.open(bucket, "key", 5))
                .withMessageContaining("parts of objects");
        assertThat(aborted).hasValue(1);
    }

    @Test
    void answerWithoutALengthIsDropped() {
        Bucket bucket = answering(GetObjectResponse.builder().build());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ObjectReader.open(bucket, "key", 0))
                .withMessageContaining("how large key is");
        assertThat(aborted).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({"0, , 100", "5, bytes 5-99/100, 100"})
    void answerThatFitsIsKeptUntilTheReaderIsClosed(long position, String range, long sizeBytes) throws Exception {
        Bucket bucket = answering(GetObjectResponse.builder().contentLength(100L).contentRange(range).build());
        try (ObjectReader reader = ObjectReader.open(bucket, "key", position)) {
            assertThat(reader.sizeBytes()).isEqualTo(sizeBytes);
            assertThat(aborted).hasValue(0);
        }
        assertThat(aborted).hasValue(1);
    }
}

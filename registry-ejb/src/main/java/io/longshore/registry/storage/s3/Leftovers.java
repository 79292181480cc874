package io.longshore.registry.storage.s3;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.object.ObjectNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Finds stages and multipart uploads that nobody writes to any more, page by page. */
final class Leftovers {
    private final Bucket bucket;
    private final ObjectNames names;

    Leftovers(Bucket bucket, ObjectNames names) {
        this.bucket = bucket;
        this.names = names;
    }

    Stream<StageId> untouchedSince(Instant instant) {
        Stream<StageId> stages = stream(() -> new StagesUntouched(bucket.list(names.uploads()).iterator(), instant));
        Stream<StageId> uploads = stream(this::uploads)
                .filter(upload -> upload.initiated() != null && upload.initiated().isBefore(instant))
                .flatMap(upload -> name(upload).stream())
                .filter(name -> !hasPartSince(name, instant))
                .map(UploadName::id);
        return Stream.concat(stages, uploads);
    }

    /** Asks the store only when the first element is wanted. */
    private static <T> Stream<T> stream(Supplier<Iterator<T>> iterator) {
        return StreamSupport.stream(
                () -> Spliterators.spliteratorUnknownSize(new Translated<>(iterator), Spliterator.ORDERED),
                Spliterator.ORDERED,
                false);
    }

    private Iterator<MultipartUpload> uploads() {
        return bucket.client()
                .listMultipartUploadsPaginator(request -> request.bucket(bucket.name()).prefix(names.blobs()))
                .uploads()
                .iterator();
    }

    /** Empty for an upload that is no blob's. */
    private Optional<UploadName> name(MultipartUpload upload) {
        String[] words = upload.key().split("/", -1);
        if (words.length < 4) {
            return Optional.empty();
        }
        try {
            DigestAlgorithm algorithm = DigestAlgorithm.parse(words[words.length - 4]);
            Digest digest = Digest.parse(algorithm.id() + ":" + words[words.length - 2]);
            return Optional.of(new UploadName(digest, upload.uploadId()))
                    .filter(name -> names.blob(digest).equals(upload.key()));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    /** An upload begins long before its last part comes. */
    private boolean hasPartSince(UploadName name, Instant instant) {
        Iterator<Part> parts = new Translated<>(() -> bucket.client()
                .listPartsPaginator(request -> request.bucket(bucket.name())
                        .key(names.blob(name.digest()))
                        .uploadId(name.uploadId()))
                .parts()
                .iterator());
        while (parts.hasNext()) {
            Instant modified = parts.next().lastModified();
            if (modified != null && !modified.isBefore(instant)) {
                return true;
            }
        }
        return false;
    }

    /** Throws {@link UncheckedIOException}; ends where what is listed is gone, or where a store does not list it. */
    private static final class Translated<T> implements Iterator<T> {
        private final Supplier<Iterator<T>> source;
        private Iterator<T> objects;

        Translated(Supplier<Iterator<T>> source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            try {
                if (objects == null) {
                    objects = source.get();
                }
                return objects.hasNext();
            } catch (SdkException e) {
                IOException failure = Failures.of("LIST", e);
                if (failure instanceof NoObjectException || Failures.isUnknownRequest(failure)) {
                    return false;
                }
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public T next() {
            return objects.next();
        }
    }

    /** The objects of a stage follow each other. */
    private final class StagesUntouched implements Iterator<StageId> {
        private final Iterator<S3Object> objects;
        private final Instant instant;
        private S3Object next;
        private StageId found;

        StagesUntouched(Iterator<S3Object> objects, Instant instant) {
            this.objects = objects;
            this.instant = instant;
        }

        @Override
        public boolean hasNext() {
            while (found == null && advance()) {
                String folder = folder(next);
                boolean untouched = true;
                do {
                    untouched &= next.lastModified().isBefore(instant);
                    next = null;
                } while (advance() && folder(next).equals(folder));
                found = untouched ? StageName.parse(folder).map(StageName::id).orElse(null) : null;
            }
            return found != null;
        }

        private boolean advance() {
            if (next == null && objects.hasNext()) {
                next = objects.next();
            }
            return next != null;
        }

        private String folder(S3Object object) {
            String path = object.key().substring(names.uploads().length());
            return path.substring(0, Math.max(0, path.indexOf('/')));
        }

        @Override
        public StageId next() {
            hasNext();
            StageId result = found;
            found = null;
            return result;
        }
    }
}

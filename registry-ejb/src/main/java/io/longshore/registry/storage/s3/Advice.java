package io.longshore.registry.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says what to do about a store that cannot be used. */
final class Advice {
    private static final Set<String> REGION = Set.of(
            "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed",
            "IllegalLocationConstraintException");

    private final S3Settings settings;

    Advice(S3Settings settings) {
        this.settings = settings;
    }

    IOException about(IOException failure) {
        if (failure.getCause() == null) {
            return failure;
        }
        return new IOException(
                "cannot keep blobs in the bucket " + settings.bucket() + " at " + place() + ": " + advice(failure),
                failure);
    }

    IOException aboutClock(Instant store) {
        return new IOException("cannot keep blobs in the bucket " + settings.bucket() + " at " + place() + ": "
                + clock() + " It is " + Instant.now() + " here, and " + store + " there.");
    }

    private String place() {
        S3Settings.Access access = settings.access();
        return access.endpoint().map(URI::toString).orElse("Amazon S3, region " + access.region());
    }

    private String advice(IOException failure) {
        return failure.getCause() instanceof AwsServiceException
                ? aboutRefusal(failure)
                : aboutConnection(failure);
    }

    private String aboutRefusal(IOException failure) {
        String code = Failures.code(failure);
        if (code.equals("NoSuchBucket") || code.isEmpty() && Failures.status(failure) == 404) {
            return "there is no such bucket. Make it, or set `bucket` to another.";
        }
        if (REGION.contains(code) || Failures.status(failure) == 301) {
            String region = region(failure).map(name -> " It is in " + name + ".").orElse("");
            return "the bucket is not in the region " + settings.access().region() + "." + region
                    + " Set `region`, and `regionendpoint` if the store is not Amazon's.";
        }
        if (code.equals("RequestTimeTooSkewed")) {
            return clock();
        }
        if (Failures.KEYS.contains(code)) {
            return "the store does not know these keys (" + code + "). Set `accesskey` and `secretkey`, and"
                    + " `sessiontoken` for keys that expire.";
        }
        if (Failures.status(failure) == 401 || Failures.status(failure) == 403) {
            return "the keys do not give access (" + failure.getMessage() + "). They need s3:GetObject, s3:PutObject,"
                    + " s3:DeleteObject, s3:AbortMultipartUpload and s3:ListMultipartUploadParts for the objects,"
                    + " s3:ListBucket and s3:ListBucketMultipartUploads for the bucket, and the use of `keyid` if it"
                    + " is set.";
        }
        return failure.getMessage() + ".";
    }

    private static Optional<String> region(IOException failure) {
        AwsServiceException refusal = (AwsServiceException) failure.getCause();
        return refusal.awsErrorDetails() == null || refusal.awsErrorDetails().sdkHttpResponse() == null
                ? Optional.empty()
                : refusal.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region");
    }

    private static String clock() {
        return "the clocks of this machine and of the store are too far apart. Set them by the network time protocol.";
    }

    private String aboutConnection(IOException failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof SSLException)) {
            root = root.getCause();
        }
        if (root instanceof SSLException && String.valueOf(root.getMessage()).contains("unrecognized SSL message")) {
            return "it does not speak HTTPS. Write `http://` before `regionendpoint`, or set `secure` to false.";
        }
        if (root instanceof SSLException) {
            return "the connection is not secure (" + root.getMessage() + "). Let this machine trust the certificate,"
                    + " or set `skipverify`.";
        }
        if (root instanceof SdkClientException client && String.valueOf(client.getMessage()).contains("credentials")) {
            return "no keys were found. Set `accesskey` and `secretkey`, or give this machine a role.";
        }
        return "it cannot be reached (" + root + "). Is `"
                + (settings.access().endpoint().isPresent() ? "regionendpoint" : "region")
                + "` right, and the network open?";
    }
}

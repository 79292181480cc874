package io.longshore.registry.upload;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.model.RepositoryName;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of table {@code upload_session}: an upload that is not finished. */
@Entity
@Table(name = "upload_session")
class UploadSession {
    @Id
    @Column(name = "id")
    UUID id;

    @Column(name = "repository_name")
    String repositoryName;

    /** The subject that began it. */
    @Column(name = "owner")
    String owner;

    @Column(name = "algorithm")
    String algorithm;

    /** Acknowledged to the client. */
    @Column(name = "size_bytes")
    long sizeBytes;

    /** The storage driver's name of where the bytes lie; null before the first of them. */
    @Column(name = "stage")
    String stage;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    boolean isOf(Actor actor, RepositoryName repository) {
        return owner.equals(actor.subject()) && repositoryName.equals(repository.value());
    }

    Progress progress() {
        return Progress.of(sizeBytes, stage);
    }
}

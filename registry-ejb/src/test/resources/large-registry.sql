-- A registry that has been in use: 5,000 repositories, one of them large, a blob that all of them have, a subject with
-- thousands of referrers.
create function sha(content text) returns digest language sql immutable as
    'select (''\x01''::bytea || sha256(convert_to(content, ''UTF8'')))::digest';

insert into repository (name) select 'team/app' || i from generate_series(1, 5000) i;
insert into blob (digest, size_bytes) select sha('blob ' || i), 1 from generate_series(1, 20000) i;

insert into link (repository_id, blob_id)
select r.id, b.id from repository r, blob b where b.digest = sha('blob 1');
insert into link (repository_id, blob_id)
select r.id, b.id from repository r, blob b where r.name = 'team/app1' and b.digest <> sha('blob 1');

insert into manifest (repository_id, digest, media_type, artifact_type, subject, content)
select r.id,
       sha('manifest ' || i),
       'application/vnd.example',
       'application/vnd.example.type' || i % 2,
       case when i between 2 and 5000 then sha('manifest 1') end,
       convert_to('manifest ' || i, 'UTF8')
from repository r, generate_series(1, 20000) i
where r.name = 'team/app1';
insert into manifest (repository_id, digest, media_type, content)
select id, sha('manifest of ' || name), 'application/vnd.example', '' from repository where name <> 'team/app1';

insert into manifest_blob (manifest_id, position, repository_id, blob_id)
select m.id, 0, m.repository_id, b.id
from manifest m
join repository r on r.id = m.repository_id
join blob b on b.digest = sha('blob ' || (m.id % 15000 + 100))
where r.name = 'team/app1';
insert into manifest_child (manifest_id, position, repository_id, digest)
select m.id, p, m.repository_id, sha('manifest ' || (m.id * 2 + p))
from manifest m
join repository r on r.id = m.repository_id, generate_series(0, 1) p
where r.name = 'team/app1' and m.id % 4 = 0;

insert into tag (repository_id, name, manifest_id)
select m.repository_id, 'v' || i, m.id
from generate_series(1, 20000) i
join manifest m on m.digest = sha('manifest ' || i);
insert into tag (repository_id, name, manifest_id)
select m.repository_id, 'latest', m.id from manifest m join repository r on r.id = m.repository_id
where r.name <> 'team/app1';
insert into tag_history (repository_id, name, digest, valid_from, valid_until)
select t.repository_id, t.name, sha('gone'), now(), now() from tag t, generate_series(1, 3);

insert into upload_session (id, repository_name, owner, algorithm)
select gen_random_uuid(), 'team/app1', 'user:alice', 'sha256' from generate_series(1, 5000);

-- Half a year, in which user:bob left in spring, and hardly anything was done from 192.0.2.250.
insert into audit_event (at, act, actor, address, repository, reference, digest)
select now() - (50000 - i) * interval '5 min',
       case when i % 1000 = 0 then 'rule.create' when i % 3 = 0 then 'manifest.push' else 'blob.push' end,
       case when i < 20000 and i % 10 = 0 then 'user:bob' else 'robot:ci' || i % 7 end,
       case when i % 500 = 1 then '192.0.2.250' else '192.0.2.' || i % 7 end,
       case when i % 1000 <> 0 then 'team/app' || i % 300 end,
       case when i % 3 = 0 then 'v1' end,
       sha('blob ' || i)
from generate_series(1, 50000) i;

-- A mirror in the large repository, which lacks most of its layers, and a good deal that was lost.
insert into mirror_upstream (name, configured, created_by) values ('hub', true, 'registry');
insert into mirror_content (repository_id, digest, upstream_id, is_manifest, size_bytes, pulled_at)
select m.repository_id, m.digest, u.id, true, 100, now() - m.id * interval '1 minute'
from mirror_upstream u, manifest m join repository r on r.id = m.repository_id
where r.name = 'team/app1';
insert into mirror_content (repository_id, digest, upstream_id, is_manifest, size_bytes, pulled_at)
select l.repository_id, b.digest, u.id, false, b.size_bytes, now() - b.id * interval '1 minute'
from mirror_upstream u, link l join repository r on r.id = l.repository_id join blob b on b.id = l.blob_id
where r.name = 'team/app1';
insert into mirror_tag (repository_id, name, digest)
select t.repository_id, t.name, m.digest
from tag t join manifest m on m.id = t.manifest_id join repository r on r.id = t.repository_id
where r.name = 'team/app1';
insert into manifest_absent_blob (manifest_id, position, repository_id, digest, size_bytes)
select m.id, p, m.repository_id, sha('absent ' || m.id % 7000 + p), 1
from manifest m join repository r on r.id = m.repository_id, generate_series(1, 3) p
where r.name = 'team/app1';
insert into mirror_referrers (repository_id, subject, content)
select m.repository_id, m.digest, '{}' from manifest m join repository r on r.id = m.repository_id
where r.name = 'team/app1';
insert into blob_reclaim (digest, since, is_going, gone_at)
select sha('lost ' || i), now() - i * interval '1 second', i > 100, case when i > 100 then now() end
from generate_series(1, 20000) i;

analyze;

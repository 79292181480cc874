-- A rule that nodes cannot read would keep them from answering anybody: what is written by hand must be one, too.
alter table access_rule
    add constraint access_rule_repositories_check
        check (repositories ~ '^[a-z0-9._/*-]{1,255}$' and repositories !~ '\*\*\*'),
    add constraint access_rule_subject_name_check
        check (length(subject_name) <= 255 and subject_name !~ '[[:cntrl:]]' and subject_name = btrim(subject_name));

-- Work in the background that one node does for all: when it was last begun.
create table background_job (
    name     text primary key,
    begun_at timestamptz not null
);

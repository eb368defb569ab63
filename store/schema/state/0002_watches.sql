-- What users asked to be told about. Whatever carries a user_id is deleted by /forget, and with it what hangs on it.

create table watches (
    id integer primary key,
    user_id integer not null,        -- who asked
    chat_id integer not null,        -- where they are told
    language text not null check (language in ('vi', 'en')),
    kind text not null check (kind in ('entity', 'post', 'phrase')),
    subject text not null,           -- the id of an entity, the words of a post, a phrase
    label text not null,             -- how it is shown: `Lê Thị Mẫu Đơn`
    after_run integer not null,      -- the last ingest run that was looked at
    unique (user_id, chat_id, kind, subject)
) strict;

-- The ledger: what of a watch was found, and whether it was told. Nothing is told twice, whatever is restarted when.
create table told (
    watch_id integer not null references watches (id) on delete cascade,
    item integer not null,           -- an article; for a post a person
    sentence_id integer,             -- the sentence that says so; null: known when the watch began
    told integer not null default 0 check (told in (0, 1)),
    primary key (watch_id, item)
) strict, without rowid;
create index told_waiting on told (told) where not told;

create table quiet (
    user_id integer primary key,
    first integer not null check (first between 0 and 23),     -- hour in Vietnam from which nothing is told unasked
    last integer not null check (last between 0 and 23)        -- hour from which it is again
) strict;

-- What curators decided about the corpus: an append-only log, from which every ingest takes what stands. Undoing is a row
-- of its own that names the row undone. Never updated but for `curator`, which becomes null when they ask to be forgotten.

create table judgements (
    id integer primary key autoincrement,
    at text not null,                -- ISO time, UTC
    curator integer,                 -- Telegram's id, 0: at the console
    action text not null check (action in ('merge', 'split', 'rename', 'alias', 'hide', 'undo')),
    undoes integer references judgements (id),
    subject text not null,           -- JSON: the things it is about: id, kind, name, keys
    argument text not null           -- the new name, the alias, the words that tell a namesake apart; else empty
) strict;

create trigger judgements_stay
before delete on judgements
begin
    select raise(abort, 'the log of judgements is append-only');
end;

create trigger judgements_hold
before update of id, at, action, undoes, subject, argument on judgements
begin
    select raise(abort, 'the log of judgements is append-only');
end;

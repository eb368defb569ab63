-- The state: what the bot learns from the people it talks to. Nothing personal beyond need: Telegram's numeric id, no
-- names, no messages, no times of day. Whatever carries a user_id is deleted by /forget.

create table users (
    user_id integer primary key,     -- Telegram's id
    language text check (language in ('vi', 'en')),   -- chosen with /lang; null: as their Telegram is set
    blocked integer not null default 0 check (blocked in (0, 1))   -- they blocked the bot: nothing is sent unasked
) strict;

create table texts (
    key text primary key,            -- hash of text, as written in a button: `find ~key|2`
    text text not null,              -- what was asked, too long for the 64 bytes of a button; nobody's name beside it
    used_on text not null            -- ISO day it was last shown or pressed
) strict, without rowid;

"""/who: a person by name or key, or the holders of a post."""

from __future__ import annotations

from bot.answers import people, posts
from bot.answers.common import nothing
from bot.ask import Ask, from_key
from bot.names import Meant, who_is_meant
from bot.types import Answer
from store.nameindex_syllables import words
from store.queries import entity

__all__ = ["of", "who"]


def who(ask: Ask) -> Answer:
    """The answer to `/who`."""
    argument = ask.intent.argument
    key = from_key(argument)
    if key is not None:
        row = entity(ask.connection, key)
        return people.person(ask, row) if row and row.kind == "person" else nothing(ask, ask.say("error.gone"))
    if not words(argument):
        return nothing(ask, ask.say("who.ask"))
    return of(ask, argument)


def of(ask: Ask, text: str) -> Answer:
    """A post where the text is one; else the person of that name."""
    post = posts.find_post(ask.library, posts.read_post(text))
    like_post = bool(posts.begins_like_a_post(post.words))
    if post.fits and like_post:
        return posts.holders_of(ask, post)
    meant = who_is_meant(ask.library, text)
    if like_post and not _settled(meant):
        return posts.holders_of(ask, post)
    return people.of_name(ask, text, meant)


def _settled(meant: Meant) -> bool:
    return meant.manner in ("name", "part")

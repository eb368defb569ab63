"""/who: a person by name or key, or the holders of a post."""

from __future__ import annotations

import re

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
    if not post.fits:
        post = _one_of_several(ask, text) or post
    like_post = bool(posts.begins_like_a_post(post.words))
    if post.fits and like_post:
        return posts.holders_of(ask, post)
    meant = who_is_meant(ask.library, text)
    if like_post and not _settled(meant):
        return posts.holders_of(ask, post)
    return people.of_name(ask, text, meant)


_AND = re.compile(r",|\b(?:kiêm|kiem|đồng thời là|dong thoi la)\b", re.IGNORECASE)


def _one_of_several(ask: Ask, text: str) -> posts.Post | None:
    """`Bí thư kiêm Chủ tịch HĐND Cần Thơ`: the last one, which has the body with it. `kiểm lâm` typed without diacritics
    joins nothing: what follows must be a post."""
    part = _AND.split(text)[-1].strip()
    post = posts.read_post(part)
    size = posts.begins_like_a_post(post.words)
    if part == text.strip() or not size or len(post.words) < size + 2:
        return None
    post = posts.find_post(ask.library, post)
    return post if post.fits else None


def _settled(meant: Meant) -> bool:
    return meant.manner in ("name", "part")

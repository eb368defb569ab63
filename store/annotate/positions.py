"""Who holds which post: titles (`positions_titles`) tied to persons, in three steps.

`positions_attach`  titles beside names: before, after, in lists with a shared head
`positions_career`  titles in clauses: `từng là`, `được bầu làm`, `khi còn làm`, with the person far off or a pronoun
`positions_merge`   one row per post: the bare `Chủ tịch` is the `Chủ tịch UBND huyện` of the same article
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.annotate.page import Line, Page
from store.annotate.positions_attach import Held, attach
from store.annotate.positions_career import Focus, career
from store.annotate.positions_merge import merge, same_post
from store.annotate.positions_owners import owned
from store.annotate.positions_titles import Title, titles_of
from store.types import Mention

__all__ = ["annotate"]

# `Ban Pháp chế: Trưởng ban …`: the body named once for the posts after it
_SECTION = re.compile(
    r"\W*(?:Ban|Phòng|Khoa|Tiểu ban|Hội đồng) "
    r"(?P<name>(?:(?! (?:có|còn|gồm|là|hiện|do|đã|vừa) | (?:bao )?gồm:)[^:]){3,50})(?: (?:bao )?gồm)?: "
)
_PART = re.compile(r"(?:phó )?(?:trưởng )?(?:ban|phòng|khoa|tiểu ban)$")


def annotate(page: Page) -> None:
    """Fills `page.attestations`."""
    found: list[Held] = []
    titles: list[Title] = []
    focus = Focus(page)
    section: str | None = None
    for line in page.lines:
        here = titles_of(page, line)
        owned(page, line, here)
        persons = page.of("person", line)
        section = _section(line, here, section)
        if here:
            held = attach(line, here, persons, focus.terms)
            found += held
            found += career(line, here, persons, focus, {h.title.start for h in held})
            titles += here
        focus.read(line, persons)
    found += _headline(page, titles, found)
    page.attestations.extend(merge(found, titles))


def _section(line: Line, titles: Sequence[Title], section: str | None) -> str | None:
    """Completes bare `Trưởng ban`, `Phó ban` with the body that the line or the one before it begins with."""
    match = _SECTION.match(line.text)
    section = match["name"] if match else section
    bare = [title for title in titles if not title.tail and _PART.match(title.head.lower())]
    if not section or not (match or (bare and bare[0].start == 0)):
        return None
    for title in bare:
        title.tail, title.name = section, f"{title.name} {section}"
    return section


def _headline(page: Page, titles: Sequence[Title], found: Sequence[Held]) -> list[Held]:
    """A headline names the post, the first sentence the man: `Chủ tịch Đồng Phú: …` / `Ông Lê Đăng Khôi …`."""
    if len(page.lines) < 2 or not titles or titles[0].start or not titles[0].tail or titles[0].plural:
        return []
    first, title = _first_person(page), titles[0]
    if first is None or any(h.person == first.name or h.title is title or same_post(title, h.title) for h in found):
        return []
    line = page.lines[0]
    if title.line != line.position:
        return []
    return [Held(first.name, title, first.sentence, first.start, first.end, "headline", "held")]


def _first_person(page: Page) -> Mention | None:
    """The person that one of the first lines begins with."""
    for line in page.lines[1:3]:
        for person in page.of("person", line)[:1]:
            if page.text[line.start:person.start].strip() in ("Ông", "Bà"):
                return person
    return None

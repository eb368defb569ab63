"""Who holds which post: titles (`positions_titles`) tied to persons, in three steps.

`positions_attach`  titles beside names: before, after, in lists with a shared head
`positions_career`  titles in clauses: `từng là`, `được bầu làm`, `khi còn làm`, with the person far off or a pronoun
`positions_merge`   one row per post: the bare `Chủ tịch` is the `Chủ tịch UBND huyện` of the same article
"""

from __future__ import annotations

from store.annotate.page import Page
from store.annotate.positions_attach import attach
from store.annotate.positions_career import Focus, career
from store.annotate.positions_merge import merge
from store.annotate.positions_titles import titles_of

__all__ = ["annotate"]


def annotate(page: Page) -> None:
    """Fills `page.attestations`."""
    found = []
    focus = Focus(page)
    for line in page.lines:
        titles = titles_of(page, line)
        persons = page.of("person", line)
        if titles:
            held = attach(line, titles, persons)
            found += held
            found += career(line, titles, persons, focus, {h.title.start for h in held})
        focus.read(line, persons)
    page.attestations.extend(merge(page, found))

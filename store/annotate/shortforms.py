"""Short forms: one name per thing and article, so that `ông Cúc`, `Thành ủy` and `UBND TP` count for the full name."""

from __future__ import annotations

from store.annotate import shortforms_organizations, shortforms_persons
from store.annotate.page import Page

__all__ = ["annotate"]


def annotate(page: Page) -> None:
    """Adds mentions for short forms of persons, and renames those of organizations to the fullest form."""
    shortforms_persons.annotate(page)
    shortforms_organizations.annotate(page)

from __future__ import annotations

from store.annotate.page import Page

__all__ = ["annotate"]


def annotate(page: Page) -> None:
    """Not written yet."""

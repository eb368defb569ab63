"""The bot's own words, by key and language, from `bot/texts/*.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from store.edtf import display

__all__ = ["LANGUAGES", "Phrases", "phrases"]

LANGUAGES = ("vi", "en")


class Phrases:
    """`say("who.none", name="…")`: the phrase of a key with its values filled in."""

    def __init__(self, language: str) -> None:
        self.language = language
        text = (files("bot") / "texts" / f"{language}.toml").read_text(encoding="utf-8")
        self.templates: dict[str, str] = {
            f"{group}.{key}": template
            for group, entries in tomllib.loads(text).items()
            for key, template in entries.items()
        }

    def __call__(self, key: str, **values: object) -> str:
        """The phrase; KeyError for an unknown key (a test compares the languages' keys)."""
        return self.templates[key].format(**values)

    def date(self, edtf: str | None) -> str:
        """A date as people write it, `không rõ ngày` where there is none."""
        return display(edtf, self.language) if edtf else self("date.none")

    def on(self, edtf: str | None) -> str:
        """`được nêu ngày 21/2/2023 (năm suy ra)`: the day on which an article says so."""
        if not edtf:
            return self("date.attested_none")
        return self("date.attested_day" if _has_day(edtf) else "date.attested", date=display(edtf, self.language))


def _has_day(edtf: str) -> bool:
    return "/" not in edtf and len(edtf.rstrip("?").split("-")) == 3


@lru_cache(maxsize=len(LANGUAGES))
def phrases(language: str) -> Phrases:
    """The phrases of a language; Vietnamese for one that is not spoken."""
    return Phrases(language if language in LANGUAGES else "vi")

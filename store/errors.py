"""What can go wrong, one line each for the user.

HoitinError
├── SourceError        a file, folder or line of input cannot be read; the rest goes on
├── StoreError         the store is missing, read-only, damaged or made by a newer version
├── QueryTimeout       a question took too long and was stopped
└── SettingsError      an environment value is missing or malformed (raised by bot.settings)
"""

from __future__ import annotations

__all__ = ["HoitinError", "QueryTimeout", "SettingsError", "SourceError", "StoreError"]


class HoitinError(Exception):
    """Its text is one clear line: what, where, what to do."""


class SourceError(HoitinError):
    """Input that cannot become an article."""


class StoreError(HoitinError):
    """A store that cannot be opened, read or written."""


class QueryTimeout(HoitinError):
    """A query stopped at its time limit."""


class SettingsError(HoitinError):
    """An environment value that cannot be used."""

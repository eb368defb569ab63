"""Which hoitin this is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as _installed

__all__ = ["version"]


def version() -> str:
    """As installed; `0+checkout` where it runs from a checkout."""
    try:
        return _installed("hoitin")
    except PackageNotFoundError:
        return "0+checkout"

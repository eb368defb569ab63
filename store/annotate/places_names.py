"""One place, one name: `TP Đà Nẵng`, `Đà Nẵng` and `thành phố Đà Nẵng` in an article are the same place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from store.annotate.page import Page
from store.annotate.places_gazetteer import gazetteer

__all__ = ["Found", "fullest_names"]

_PREFERRED = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn")


@dataclass(frozen=True, slots=True)
class Found:
    """A place as found: offsets in the article and in its line, its name without unit, the class of its unit."""

    line: int
    start: int
    end: int
    at: int
    at_end: int
    core: str
    unit: str | None
    rule: str


_SAME_WAY = {"phố": "đường"}


def _core(found: Found) -> str:
    """The name in its usual spelling, whatever its case."""
    return gazetteer().spellings.get(found.core, found.core).lower().replace(" - ", " ").replace("–", "-")


def _printed(page: Page, found: Found) -> str:
    """The name as printed, with its unit: the second of `các quận 1, 2` is `quận 2`."""
    text = " ".join(page.text[found.start : found.end].split())
    if found.unit and text.lower() == found.core.lower():
        return f"{found.unit} {text}"
    return text


_AREAS = ("region", "district")
_WIDE_AREAS = ("province", "country", "city")


def _of_its_own(place: Found, core_units: dict[str, str]) -> bool:
    """Whether a name without unit is not short for the things that bear it: `Vĩnh Long` and the `chùa Vĩnh Long`.

    An island or a port is the place itself, but for towns and provinces: `đảo Lý Sơn`, `bán đảo Sơn Trà`, `cảng Đà Nẵng`.
    """
    if place.unit is not None:
        return False
    level = gazetteer().level.get(place.core)
    if level in _WIDE_AREAS:
        return not any(unit in _PREFERRED or unit in ("", "nước") for unit in core_units)
    return level in _AREAS and all(unit in _BUILDINGS for unit in core_units)


_BUILDINGS = frozenset({"nhà thờ", "chùa", "bãi rác", "nhà hát", "bảo tàng", "khách sạn", "siêu thị", "chợ", "nghĩa trang", "đài"}) | {
    *("trung tâm hành chính", "phố đi bộ", "ga", "sân", "cống", "đê", "chung cư", "công viên", "sân vận động"),
}


def _home(core_units: dict[str, str], unit: str | None) -> str:
    """The name a mention without unit goes to: the higher unit where the article has two (`tỉnh` before `TP Hà Tĩnh`)."""
    if unit in core_units:
        return core_units[unit or ""]
    for wanted in (*_PREFERRED, *core_units):
        if wanted in core_units:
            return core_units[wanted]
    raise KeyError(unit)


def _rank(printed: str, place: Found) -> tuple[bool, int]:
    """The longer form is the fuller, but `huyện Vĩnh Thạnh` comes before `huyện miền núi Vĩnh Thạnh`."""
    extra = len(printed.split()) - len(place.core.split()) - len((place.unit or "").split())
    return place.unit not in _PREFERRED or extra < 1, len(printed)


def fullest_names(page: Page, found: list[Found]) -> Iterator[tuple[Found, str]]:
    """Each place with the name all its forms in this article share."""
    names: dict[str, dict[str, str]] = {}
    for place in found:
        if place.unit:
            units = names.setdefault(_core(place), {})
            printed = _printed(page, place)
            if place.unit == "nước":
                printed = place.core  # `nước Pháp` is `Pháp`
            unit = _SAME_WAY.get(place.unit, place.unit)
            if unit not in units or _rank(printed, place) > _rank(units[unit], place):
                units[unit] = printed
    for place in found:
        core = _core(place)
        if core in names and _of_its_own(place, names[core]):
            yield place, _printed(page, place)  # `Vĩnh Long` is not the `chùa Vĩnh Long`
        elif core in names:
            yield place, _home(names[core], _SAME_WAY.get(place.unit or "", place.unit))
        else:
            yield place, names.setdefault(core, {"": _printed(page, place)})[""]

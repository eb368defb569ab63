"""When two names are the same body: abbreviations written out, small words dropped, areas compared by unit."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from store.annotate.places_gazetteer import gazetteer, lexicon

__all__ = ["CENTRAL", "CITIES", "same_key", "stands_for", "unit_of", "with_area"]

CITIES = ("hà nội", "hồ chí minh", "đà nẵng", "hải phòng", "cần thơ")
"""Cities of province rank: `Thành ủy Hà Nội` is `Thành ủy TP Hà Nội`."""

CENTRAL = frozenset(
    {
        "trung ương",
        "trung ương đảng",
        "ban chấp hành trung ương",
        "ban chấp hành trung ương đảng",
        "ban chấp hành trung ương đảng cộng sản việt nam",
    }
)
"""The names of the party's Central Committee."""

_TOKEN = re.compile(r"[\w&/-]+")
_CENTRAL_SHORT = re.compile(r"\bTƯ\b")  # in capitals only: `đầu tư`
_DOTTED = re.compile(r"\bt\.\s*ư\b\.?|\btp\.\s*(?=\w)|\bp\.\s*(?=\d)|\bq\.\s*(?=\w)")
_COMPANY_KIND = re.compile(r" (?:cổ phần|tnhh|mtv|tmcp|trách nhiệm hữu hạn|một thành viên|hai thành viên|thương mại cổ phần)(?!\w)")
_UNIT = re.compile(r"(tp|tỉnh|huyện|quận|thị xã|thị trấn|xã|phường|thủ đô)(?: (.+))?")
_DROPPED_FIRST = frozenset({"báo", "trường", "công", "tập", "nước", "tờ", "đoàn"})
_FIXED_TAILS = frozenset({"trung ương", "trung ương đảng", "việt nam", "đảng", "nhân dân việt nam", "nhà nước", "cộng sản việt nam"})
_ONE_OF_EACH = frozenset(
    {
        "quốc hội",
        "chính phủ",
        "đảng cộng sản",
        "ban bí thư",
        "bộ chính trị",
        "quân đội nhân dân",
        "ngân hàng nhà nước",
        "kiểm toán nhà nước",
        "văn phòng trung ương",
        "công an nhân dân",
    }
)


@cache
def _written_out() -> dict[str, str]:
    table: dict[str, str] = lexicon("abbreviations.toml")["written_out"]
    return table


@lru_cache(maxsize=16384)
def same_key(name: str) -> str:
    """The form in which names are compared: `Sở GD-ĐT tỉnh Sơn La` → `sở giáo dục đào tạo sơn la`."""
    text = name if name.isupper() else _CENTRAL_SHORT.sub("trung ương", name)
    text = re.sub(r" ?([-–&]) ?", r"\1", text.lower()).replace("–", "-")
    text = _DOTTED.sub(lambda m: "trung ương" if m.group()[0] == "t" and "ư" in m.group() else m.group().replace(".", " "), text)
    table = _written_out()
    out: list[str] = []
    for word in _TOKEN.findall(text):
        if word in table and word != "tư" and not (len(word) == 1 and not out):
            out += table[word].split()
        else:
            out += [part for part in re.split(r"[-&]", word) if part] if not any(c.isdigit() for c in word) else [word]
    text = " ".join(w for w in out if w != "và").replace("thành phố", "tp")
    text = text.replace("thủ đô", "hà nội").replace("hà nội hà nội", "hà nội")
    for city in CITIES:
        text = text.replace(f"tp {city}", city)
    text = re.sub(r"^thường vụ (?=quốc hội)", "ủy ban thường vụ ", re.sub(r"^thường vụ (?=\w+ ủy)", "ban thường vụ ", text))
    text = _COMPANY_KIND.sub("", text) if text.startswith(("công ty", "ngân hàng", "tổng công ty")) else text
    text = re.sub(r"(mặt trận tổ quốc) việt nam (?=\w)", r"\1 ", text).replace(" số ", " ")
    text = re.sub(r"^(?:trường (?=đại học|cao đẳng|học viện)|báo (?!công an|quân đội|điện tử)(?=\w)|tờ (?=\w))", "", text)
    text = f"báo {text}" if name[:3].lower() == "báo" and _is_place(text) else text
    text = re.sub(r"\btỉnh (?=\w+ \w+|huế\b)(?!ủy\b)", "", text)
    text = re.sub(r"\b(huyện|quận|thị|thành) ủy (?:huyện|quận|thị xã|tp) (?=[^\W\d])", r"\1 ủy ", text)
    return re.sub(r"\bnước (?=\w)", "", text)


def _is_place(name: str) -> bool:
    """Whether a paper's name alone is a place: `Báo An Giang`."""
    parts = name.title().split()
    return gazetteer().longest(parts)[0] == len(parts)


def unit_of(area: str) -> str:
    """The unit of an area in compared form: `huyện đức cơ` → huyện, `hồ chí minh` → tp, `gia lai` → tỉnh."""
    unit = _UNIT.fullmatch(area)
    if unit:
        return unit.group(1)
    if area in CITIES:
        return "tp"
    level = gazetteer().level.get(area.title())
    return {"province": "tỉnh", "district": "huyện"}.get(level or "", "")


_COUNCILS = frozenset({"hđnd", "ubnd", "hội đồng nhân dân", "ủy ban nhân dân"})
_OWN_UNIT = {"thành": "tp", "tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}
_UNIT_BEFORE = re.compile(r"(?:tỉnh|huyện|quận|thị xã) (?=\D)", re.IGNORECASE)


def with_area(body: str, area: str) -> str | None:
    """`UBND` + `tỉnh Sơn La`, `Tỉnh ủy` + `tỉnh Sơn La` → `Tỉnh ủy Sơn La`; None for a committee of another unit (`Thành ủy`)."""
    head, _, last = " ".join(body.lower().split()[-2:]).partition(" ")      # of `Ban Dân vận Thành ủy` too
    unit = _OWN_UNIT.get(head) if last == "ủy" else None
    if not unit:
        return f"{body} {area}" if area not in ("VN", "Việt Nam") or body.lower() not in _COUNCILS else None
    key = same_key(area)
    town = unit_of(key) == "huyện" and not key.startswith("huyện ")     # the gazetteer has districts and towns as one
    return f"{body} {_UNIT_BEFORE.sub('', area)}" if key != unit and (unit_of(key) == unit or town) else None


def _initials_match(short: str, full: str) -> bool:
    """`sở tn mt` for `sở tài nguyên môi trường`: the letters after the same head are the initials."""
    head, _, letters = short.partition(" ")
    other, _, rest = full.partition(" ")
    letters = letters.replace(" ", "")
    if (
        head != other
        or not 2 <= len(letters) <= 8
        or set(letters) & set("aeiouyàáâãèéêìíòóôõùúýạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹơưă")
    ):
        return False
    return "".join(word[0] for word in rest.split()).startswith(letters)


def stands_for(short: str, full: str) -> bool:
    """Whether a shorter name can mean the fuller one: `ubnd tp` for `ubnd hồ chí minh`, `sở xây dựng` for `sở xây dựng hà nội`."""
    if short == full:
        return False
    if full.startswith(short + " "):
        rest = full[len(short) + 1 :]
        if short in _ONE_OF_EACH:
            return rest in _FIXED_TAILS
        return gazetteer().level.get(rest.title()) != "country" or rest == "việt nam"
    if _initials_match(short, full):
        return True
    first, _, rest = full.partition(" ")
    if first in _DROPPED_FIRST and (rest == short or rest.partition(" ")[2] == short) and len(short) > 3:
        return True
    head, _, unit = short.rpartition(" ")
    if head.endswith(" thị"):
        head, unit = head[:-4], "thị " + unit
    if unit in ("tp", "tỉnh", "huyện", "quận", "xã", "phường", "thị xã", "thị trấn", "đô") and full.startswith(head + " "):
        area = full[len(head) + 1 :].removeprefix("việt nam ")
        return (unit_of(area) == unit and area != unit) or (unit == "quận" and area.startswith("quận "))
    return False

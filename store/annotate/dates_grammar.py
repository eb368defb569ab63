"""The patterns of Vietnamese date expressions and the words around them; compiled once, linear."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from re import Match, Pattern
from typing import NamedTuple

__all__ = [
    "DAYS_OF_MONTH", "DAY_IN_WORDS", "DAY_MONTH", "DAY_TO_DAY", "DECADE", "FULL_DAY", "HALF_YEAR", "MONTH",
    "MONTHS_OF_YEAR", "MONTH_YEAR", "PERIOD", "QUARTER", "QUARTERS", "RELATIVE_DAY", "RELATIVE_DAYS", "RELATIVE_YEAR",
    "RELATIVE_YEARS", "SAME_DAY", "YEAR", "Pattern", "TimeOfDay", "announced", "month_number", "only_glue", "signs",
    "time_before",
]

_WORDS = tomllib.loads((files("store") / "lexicon" / "dates.toml").read_text(encoding="utf-8"))
_TIME: dict[str, str] = _WORDS["time_of_day"]
RELATIVE_DAYS: dict[str, int] = _WORDS["relative_days"]
RELATIVE_YEARS: dict[str, int] = _WORDS["relative_years"]
QUARTERS: dict[str, int] = _WORDS["quarters"]
_MONTHS: dict[str, int] = _WORDS["months"]


def _any(words: Iterable[str]) -> str:
    return "|".join(word.replace(" ", r"\s+") for word in sorted(words, key=len, reverse=True))


# Numbers stand free: no part of a code (`221-QĐ/TW`, `12/2019/NĐ-CP`), of a decimal (`96,6`) or of a longer row.
_L = r"(?<![\w/.,+-])(?<!/\s)"
_R = r"(?![\w/+%]|[.,]\d|-\s?\d|-[^\W\d]|\s%)"
_Y = r"(?:1[89]|20)\d\d"
_YEAR_AFTER = rf"(?:(?:\s*[/.-]\s*|,?\s+năm\s+)(?P<year>{_Y}))"
_MONTH_WORD = rf"\d\d?|{_any(_MONTHS)}"

DAY_TO_DAY = re.compile(
    rf"{_L}(?P<day>\d\d?)(?P<s>[/.-])(?P<month>\d\d?)(?:(?P=s)(?P<year>{_Y}))?(?:\s+(?:-|–|đến|tới)\s+|\s?–\s?)"
    rf"(?:hết\s+)?(?:ngày\s+)?(?P<day2>\d\d?)(?P=s)(?P<month2>\d\d?)(?:(?P=s)(?P<year2>{_Y}))?{_R}")
FULL_DAY = re.compile(
    rf"{_L}(?P<day>\d\d?)\s?(?P<s>[/.-])\s?(?P<month>\d\d?)\s?(?P=s)\s?(?P<year>{_Y}){_R}")
DAY_IN_WORDS = re.compile(
    rf"{_L}(?P<day>\d\d?)\s+tháng\s+(?P<month>{_MONTH_WORD})\b{_YEAR_AFTER}?(?![\w/]|\s+(?:âm|\d))", re.IGNORECASE)
DAYS_OF_MONTH = re.compile(
    rf"{_L}(?P<first>\d\d?)\s*(?:(?:-|–|đến|tới|và)\s*(?:hết\s+)?(?:ngày\s+)?|(?P<list>,)\s*)(?P<day>\d\d?)\s?(?P<s>[/-])\s?"
    rf"(?P<month>\d\d?)(?:(?:(?P=s)|,?\s+năm\s+)(?P<year>{_Y}))?{_R}")
DAY_MONTH = re.compile(
    rf"{_L}(?P<day>\d\d?)\s?(?P<s>[/.-])\s?(?P<month>\d\d?)(?:,?\s+năm\s+(?P<year>{_Y}))?{_R}")
MONTH_YEAR = re.compile(
    rf"(?:\btháng\s+(?P<month>{_MONTH_WORD}){_YEAR_AFTER}|{_L}(?P<month1>\d\d?)\s?/\s?(?P<year1>{_Y}))(?![\w/]|-[^\W\d])",
    re.IGNORECASE)
MONTH = re.compile(r"(?<!\d\s)\btháng\s+(?P<month>\d\d?)\b(?!\s?[/.-]\s?\d|\s+âm)", re.IGNORECASE)
QUARTER = re.compile(
    rf"\bquý\s+(?P<quarter>IV|I{{1,3}}|[1-4])(?:\s*[/-]\s*|,?\s+(?:của\s+)?năm\s+)(?P<year>{_Y})\b", re.IGNORECASE)
HALF_YEAR = re.compile(
    rf"\b(?:6|sáu)\s+tháng\s+(?P<part>đầu|cuối)\s+(?:của\s+)?năm\s+(?P<year>{_Y})\b", re.IGNORECASE)
MONTHS_OF_YEAR = re.compile(
    rf"(?<!\w)(?P<count>\d\d?)\s+tháng\s+(?:đầu\s+)?(?:của\s+)?năm\s+(?P<year>{_Y})\b", re.IGNORECASE)
PERIOD = re.compile(
    r"(?:\b(?:giai\s+đoạn|nhiệm\s+k[ỳì]|niên\s+kh(?:óa|oá)|kh(?:óa|oá)|năm\s+học|thời\s+kỳ|từ\s+năm|các\s+năm|từ|năm)\s+)?"
    rf"(?<![\w/.,-])(?P<year>{_Y})\s*(?:-|–|—|đến\s+năm|đến|tới)\s*(?P<year2>{_Y})(?![\w/]|[.,]\d)", re.IGNORECASE)
YEAR = re.compile(rf"\bnăm\s+(?P<year>{_Y})(?![\w/]|-[^\W\d]|[.,]\d)", re.IGNORECASE)
DECADE = re.compile(r"\bnhững\s+năm\s+(?P<decade>(?:1[89]|20)\d)0\b(?!\s*[-–]\s*\d)", re.IGNORECASE)
RELATIVE_DAY = re.compile(
    r"\b(?P<word>(?:ngày\s+)?hôm\s+(?:nay|qua|kia)|ngày\s+mai|"
    r"(?:(?<=sáng\s)|(?<=trưa\s)|(?<=chiều\s)|(?<=tối\s)|(?<=đêm\s))(?:nay|qua|mai))\b", re.IGNORECASE)
SAME_DAY = re.compile(r"\bcùng\s+ngày\b(?!\s*\(?\d)", re.IGNORECASE)
RELATIVE_YEAR = re.compile(rf"\b(?P<word>{_any(RELATIVE_YEARS)})\b", re.IGNORECASE)

_DIGIT = re.compile(r"\d")
_YEAR_DIGITS = re.compile(_Y)
_RELATIVE = re.compile(r"hôm |nay\b|qua\b|mai\b|cùng ngày")
# `15h chiều nay (`, `vào tối ngày`, `Sáng hôm nay,` in front of a day.
_TIME_BEFORE = re.compile(
    rf"(?:(?<!\w)\d\d?\s?(?:h|g|giờ)\s?(?:\d\d?\s?(?:phút)?)?,?\s+)?\b(?:buổi\s+)?(?P<part>{_any(_TIME)})"
    r"(?:\s+(?:hôm\s+)?(?:nay|qua|mai))?\s*[,(]?\s*(?:của\s+)?(?:(?:các\s+)?ngày|hôm|mùng|mồng)?\s*(?:mùng\s+|mồng\s+)?$",
    re.IGNORECASE)
_FROM_TO = re.compile(r"\btừ\s+\d\d?\s*(?:đến|tới)\s", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"\b(?:(?:các\s+)?ngày|mùng|mồng|hôm)\s+(?:mùng\s+|mồng\s+)?$", re.IGNORECASE)
_STRONG = re.compile(rf"\b(?:{_any(_WORDS['triggers']['strong'])})\s*[,(]?\s*$", re.IGNORECASE)
_SHUN = re.compile(rf"\b(?:{_any(_WORDS['triggers']['shun'])})\s*$", re.IGNORECASE)
_FOLLOWS = re.compile(
    rf"\s*(?:$|[.,;:)\]”\"'!?…–-]|(?=[^\W\d_])(?:{_any(_WORDS['followers']['words'])})\b)", re.IGNORECASE)
_CAPITAL_FOLLOWS = re.compile(r"\s+(\w)")
_GLUE = re.compile(r"[\s,(–-]*(?:tức\s+)?(?:ngày\s*)?")
_WINDOW = 48        # longer than any words that announce a day


class TimeOfDay(NamedTuple):
    """Where the words before a day begin, and the time of day they name, if any."""

    start: int
    part: str | None


def signs(text: str) -> set[str]:
    """What in a text could make a date: digits, a year's digits, words; nothing for most sentences."""
    low = text.lower()
    found = {word for word in ("tháng", "quý", "năm") if word in low}
    if _RELATIVE.search(low):
        found.add("relative")
    if _DIGIT.search(text):
        found.add("digit")
        if _YEAR_DIGITS.search(text):
            found.add("year")
    return found


def month_number(word: str) -> int | None:
    """`10` and `mười` → 10; None for what is no month."""
    if word.isdigit():
        return int(word) if 1 <= int(word) <= 12 else None
    return _MONTHS.get(" ".join(word.lower().split()))


def only_glue(text: str) -> bool:
    """Whether nothing but `, `, ` (` or `ngày` stands between two dates: `hôm nay (7-5)`."""
    return len(text) < 16 and _GLUE.fullmatch(text) is not None


def time_before(text: str, start: int) -> TimeOfDay | None:
    """The time of day, hour and `ngày` that stand before a day."""
    window = text[max(0, start - _WINDOW):start]
    base = start - len(window)
    if (match := _TIME_BEFORE.search(window)) is not None:
        return TimeOfDay(base + match.start(), _TIME[" ".join(match["part"].lower().split())])
    if (match := _DAY_BEFORE.search(window)) is not None:
        return TimeOfDay(base + match.start(), None)
    return None


def announced(text: str, match: Match[str]) -> bool:
    """Whether the words around say that two numbers are a day: `ngày 29-1`, `chiều 7.8`, `đến 14/10, …`; not `đạt 7/10
    nội dung`, `3-4 ngày`, `số 12/5 đường …`, `24/7`."""
    window = text[max(0, match.start() - _WINDOW):match.start()]
    if _STRONG.search(window) or (not window.strip(" \"“'") and text[match.end():match.end() + 1] == ","):
        return True         # `Ngày 14-3 …`, `14-3, tỉnh … đã họp`
    if "first" in match.groupdict() and _FROM_TO.search(text, max(0, match.start() - 5), match.end()):
        return _FOLLOWS.match(text, match.end()) is not None        # `từ 19 đến 21-2.`; not `từ 5 đến 7-8 triệu`
    if match.groupdict().get("list"):           # `quý 1, 31/3`
        return False
    if match.groupdict().get("s") != "/":      # `tạm giam 4 tháng 7 bị can`
        return False
    if match.group().replace(" ", "") == "24/7" or _SHUN.search(window):
        return False
    if _FOLLOWS.match(text, match.end()):
        return True
    capital = _CAPITAL_FOLLOWS.match(text, match.end())
    return capital is not None and capital.group(1).isupper()

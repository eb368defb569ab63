"""Documents that carry a code or a number: `Chương trình số 01-CTr/TU`, `nghị quyết 54`, `kết luận thanh tra số 05`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from store.annotate.documents_patterns import patterns
from store.annotate.places_gazetteer import CAPITAL

__all__ = ["Found", "Rule", "code_alone", "coded", "kind_of", "numbered"]

_COUNTED = re.compile(
    r" (?:người|cán|lãnh|tổ|khách|đội|sở|bộ|vụ|ông|bà|đại|đồng|triệu|tỷ|tỉ|tháng|ngày(?! \d)|lần|trường|xã|huyện|đảng|thành|nội|"
    r"nhóm|dự|điểm|"
    r"phường|quận|tỉnh|nước|công|trong|giờ|phút|cơ|hình|đề(?! ra)|năm(?! \d{4})|%|vấn|phó|chức|giải|bước|mục|nhiệm|đơn|căn|hộ|khu|km|ha|"
    r"m2|đoàn|cá)"
)
_SURE_AFTER = re.compile(
    r"(?= (?:của|ngày|về|năm \d{4}|do|quy|có|gửi|đã|được|như|thì|này|mang|đề ra|diễn ra|gồm|nêu|là|cho|triển khai|chỉ ra|vẫn|sẽ|không|"
    r"còn|hiện|để|đi vào|với|điều tra|yêu cầu|và (?:\d|\w+ \w+ (?:số )?\d))(?!\w)|[,.;:)\"”]|$| [(\"“])"
)
# What must follow one or two figures after a word that may be a verb: `quyết định 44 của UBND TP`; not `kế hoạch 5 năm`.
_SURE_AFTER_FEW = re.compile(rf" (?:của [{CAPITAL}]|năm (?:19|20)\d\d(?! ?[-–])|ngày \d|về (?!đích)|và \d{{1,4}} (?:của|về))")


@dataclass(frozen=True, slots=True)
class Found:
    """A document as found in a line: offsets in the line, kind, number or title."""

    start: int
    end: int
    kind: str
    number: str | None
    title: str | None
    rule: str
    year: str | None = None


def kind_of(text: str) -> str:
    """`nghị quyết` → `Nghị quyết`; `qui định` → `Quy định`."""
    kind = text[0].upper() + text[1:].lower() if text else text
    return kind.replace("Qui ", "Quy ")


Rule = Callable[[str], Iterator[Found]]


def coded(text: str) -> Iterator[Found]:
    """`Chương trình số 01-CTr/TU`, `Quy định 102 - QĐ / TW`."""
    for m in patterns().coded.finditer(text):
        yield Found(m.start(), m.end(), kind_of(m.group(1)), _number(m.group(2)), None, "document-code")
        yield from _further(text, m.end(), kind_of(m.group(1)))


def code_alone(text: str) -> Iterator[Found]:
    """`20-CTr/TU` without its kind."""
    for m in patterns().code_alone.finditer(text):
        yield Found(m.start(), m.end(), patterns().letters[m.group(1)], _number(m.group()), None, "document-code-alone")


def numbered(text: str) -> Iterator[Found]:
    """`nghị quyết 54`, `Chỉ thị số 19`, `Quyết định 289`, `kết luận thanh tra số 05`; not `chương trình 2 ngày`."""
    table = patterns()
    for m in table.numbered.finditer(text):
        if not _COUNTED.match(text, m.end()) and not (
            " số " not in m.group() and m.group(1)[0].islower() and kind_of(m.group(1)) in _COMMON and not _SURE_AFTER.match(text, m.end())
        ):
            yield Found(m.start(), m.end(), kind_of(m.group(1)), _number(m.group(2)), None, "document-number")
            yield from _further(text, m.end(), kind_of(m.group(1)))
    for m in table.with_so.finditer(text):
        yield Found(m.start(), m.end(), kind_of(m.group(1)), _number(m.group(2)), None, "document-number")
    for m in table.qualified.finditer(text):
        if not _COUNTED.match(text, m.end()):
            yield Found(m.start(), m.end(), kind_of(m.group(1)), _number(m.group(2)), None, "document-number")
    for m in table.bare_figures.finditer(text):
        few = len(m.group(2)) < 3
        if (_SURE_AFTER_FEW if few else _SURE_AFTER).match(text, m.end()) and (few or not _COUNTED.match(text, m.end())):
            yield Found(m.start(), m.end(), kind_of(m.group(1)), _number(m.group(2)), None, "document-number")
            yield from _further(text, m.end(), kind_of(m.group(1)))


_COMMON = frozenset({"Chương trình", "Quy định", "Kết luận", "Đề án"})


def _further(text: str, at: int, kind: str) -> Iterator[Found]:
    """`Nghị quyết 18 và 19`: the numbers that share the kind."""
    while (m := patterns().next_number.match(text, at)) is not None:
        yield Found(m.start(1), m.end(1), kind, _number(m.group(1)), None, "document-number-shared")
        at = m.end(1)


def _number(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("–", "-")

"""Names without an end mark: how far the words after a head still belong to the name."""

from __future__ import annotations

import re

from store.annotate.organizations_lexicon import words
from store.annotate.organizations_scan import Scan, field_end
from store.annotate.places_gazetteer import CAPITAL, LOWER, RUN

__all__ = ["LONGEST", "is_syllable", "lower_tail", "named_tail"]

_NUMBER = re.compile(r" (?:số )?(?:\d{1,4}[A-Z]?|[IVX]{1,4})(?![\w/.,]*\d)(?!\w)")
_YEAR = re.compile(r" (?:năm )?\d{4}(?![\w-])")
_WORD = re.compile(rf" ([{LOWER}]\w*)")
_CODE = re.compile(r" (?:số )?\d{1,4}(?:-[A-Z]\w*/[A-Z]+)?(?!\w)")
_CAPITAL_AFTER = re.compile(rf" (?=[{CAPITAL}])")
_TASK_WORD = re.compile(r"\w+(?:-\w+)*")
_AND_OTHER = re.compile(r"và (?:các|những|một|nhiều|cả|chính quyền|Chính ủy|Nghị quyết)(?!\w)")
_AND_SMALL = re.compile(rf" (?:và|,|-|–) (?=[{LOWER}])|, (?=[{LOWER}])")
_DASHED = re.compile(rf" ?[-–] ?(?=[{CAPITAL}])")
_DASHED_SMALL = re.compile(rf" [-–] (?=[{LOWER}])")
_AND_CAPITAL = re.compile(rf" (?:và|&) (?=[{CAPITAL}])")
_COMMA = re.compile(rf", (?=[{LOWER}])")
_JOINT_LAST = re.compile(r" (?:và|của|về|các|một|những|thuộc|(?<!nhà )ở|(?<!xổ )số|cấp|năm)$")
_SYLLABLE = re.compile(     # of a Vietnamese word: `Mai`, not `Alibaba`
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3}"
    r"(?:ch|nh|ng|[cmnpt])?",
    re.IGNORECASE,
)
LONGEST = 30  # words in a name; the longest committee seen has 24


def lower_tail(scan: Scan, at: int, stop: re.Pattern[str], commas: bool = False) -> int | None:
    """Words of a task up to a verb, a mark or a person: `phòng, chống tham nhũng`."""
    text, end, count, limit = scan.text, at, 0, scan.limit(at)
    while count < LONGEST and end < limit:
        if end + 1 in scan.places and text.startswith(" ", end):
            if text[at:end].endswith((" và", ",")):
                break
            end = scan.places[end + 1]
            year = _YEAR.match(text, end)
            if year or end + 1 not in scan.places:
                end = year.end() if year else end
                break  # `Ban quản lý khu kinh tế Chu Lai quyết toán`: behind an area the name is over
            continue
        code = _CODE.match(text, end)
        if code:
            end, count = code.end(), count + 1
            continue
        pair = _DASHED_SMALL.match(text, end) if count else None
        second = words().compound.match(text, pair.end()) if pair else None
        if second and second.end() <= limit:
            end, count = second.end(), count + 1      # `các vấn đề văn hóa - xã hội`
            continue
        comma = _COMMA.match(text, end) if commas and count else None
        dash = _DASHED.match(text, end) if count and text[end - 1 : end].isalpha() else None
        if dash and (words().task_capital.match(text, dash.end()) or words().acronym.match(text, dash.end())):
            end = dash.end() - 1 if text[dash.end() - 1] == " " else end      # `Tiểu ban Kinh tế - Xã hội`
        start = comma.end() if comma else end + 1 if text.startswith(" ", end) else None
        if start is None or start >= limit or (comma and not _continues(scan, start)):
            break
        word = words().task.match(text, start) or words().task_capital.match(text, start) or _TASK_WORD.match(text, start)
        if not word or (stop.match(text, start) and word.re is _TASK_WORD) or _AND_OTHER.match(text, start):
            break
        other = words().head.match(text, word.end() + 1) if word.group() == "và" else None
        if other and (_sure_head(other) or _capital_name(other, text)):
            break
        end, count = word.end(), count + 1
    return _without_joints(text, at, end)


def _sure_head(head: re.Match[str]) -> bool:
    """Whether a head can hardly be a common noun: `UBND`, `hội đồng`, not `doanh nghiệp`."""
    kinds = words().kinds[head.group().lower()]
    return "named" not in kinds and "sector" not in kinds


def _capital_name(head: re.Match[str], text: str) -> bool:
    """Whether a head with a capital and a capital behind it begins a body of its own: `Công ty TNHH …`, not `Hội nhập`."""
    return head.group()[0].isupper() and _CAPITAL_AFTER.match(text, head.end()) is not None


def _continues(scan: Scan, start: int) -> bool:
    """Whether the list goes on after a comma, inside a name: `tìm kiếm, quy tập hài cốt liệt sĩ`, `phòng, chống tham nhũng`."""
    return words().after_comma.match(scan.text, start) is not None


def _without_joints(text: str, at: int, end: int) -> int | None:
    """Drops a dangling `và`, `của`, `về` at the end."""
    while (joint := _JOINT_LAST.search(text, at, end)) is not None:
        end = joint.start()
    return end if end > at else None


def named_tail(scan: Scan, at: int, loose: bool = False) -> int | None:
    """Capitals, and the small words that belong to a capital standing alone: `Quản lý và Khai thác đất`, `Sao Mai`."""
    text, limit, end, proper = scan.text, scan.limit(at), at, False
    for _ in range(LONGEST):
        if end + 1 in scan.places and text.startswith(" ", end) and (proper or (loose and end > at)):
            return scan.places[end + 1]
        number = _NUMBER.match(text, end) if loose and end > at else None
        if number and _over(text, number.end()):
            end, proper = number.end(), True
            if not _CAPITAL_AFTER.match(text, end):
                break
            continue
        joint = _AND_CAPITAL.match(text, end) or _DASHED.match(text, end) if proper else None
        if joint and words().head.match(text, joint.end()):
            break
        start = joint.end() if joint else end + 1 if text.startswith(" ", end) else None
        if start is None or start >= limit:
            break
        run = RUN.match(text, start)
        other = words().head.match(text, start) if run else None
        if (other and _stands_alone(other)) or (start in scan.places and not proper):
            break
        if run:
            stop = min(run.end(), limit, _inner_head(text, run), scan.next_place(start, run.end() + 1) - 1)
            size = len(text[start:stop].split())
            opening = not proper or joint is not None
            end, proper = start + len(text[start:stop].rstrip()), True
            if _foreign(text[start:end].rsplit(" ", 1)[-1]) and _WORD.match(text, end) and not words().compound.match(text, end + 1):
                break  # `Công ty Alibaba riêng`: small letters go on no foreign name
            word = _begins_word(text, start, stop)
            if word or (opening and size == 1 and text[start:end].istitle()):
                second = _WORD.match(text, end)
                whole = word or (second and second.group(1) not in words().strong_stops)  # `Phục hồi`, though `hồi` is a stop
                if second and whole and second.end() <= limit and end - start < 7:
                    end = second.end()  # a Vietnamese word mostly has two syllables
                continue
            if _DASHED.match(text, end) or _and_field(text, end):
                continue
            break
        listed = _COMMA.match(text, end) if proper else None
        part = field_end(text, listed.end()) if listed else None
        if part:
            end = part
            continue
        small_joint = _AND_SMALL.match(text, end) if proper or (loose and end > at) else None
        field = words().compound.match(text, small_joint.end() if small_joint else start)
        if field and (proper or loose):
            end = field.end()
            continue
        small = _WORD.match(text, end)
        if not small or not (proper or loose) or words().stop.match(text, start):
            break
        end = small.end()
    last = _NUMBER.match(text, end) if loose and proper else None
    if last and last.end() <= limit and _over(text, last.end()):
        return last.end()  # `Công ty Xây dựng Bắc Nam 79`
    return _without_joints(text, at, end) if proper else None


def is_syllable(word: str) -> bool:
    """Whether it may be one syllable of Vietnamese."""
    return _SYLLABLE.fullmatch(word) is not None


def _foreign(word: str) -> bool:
    return not word.isupper() and not is_syllable(word)


def _over(text: str, at: int) -> bool:
    """Whether nothing goes on there: `Công ty Sao Mai 79 và …`, not `Công ty 2 thành viên`."""
    return not _WORD.match(text, at) or words().stop.match(text, at + 1) is not None


def _stands_alone(head: re.Match[str]) -> bool:
    """Whether another body begins there, and not a part of this one's name: `Bộ`, not the `Hội` or `Mobifone` of a longer name."""
    kinds = words().kinds[head.group().lower()]
    return not {"named", "topic"} & set(kinds) and (kinds != ("fixed",) or " " in head.group())


def _inner_head(text: str, run: re.Match[str]) -> int:
    """Where another body begins inside a run of capitals: `Lưu trữ Tỉnh` + `ủy`; else its end."""
    for gap in re.finditer(" ", run.group()):
        head = words().head.match(text, run.start() + gap.end())
        if head and head.group()[-1] == "y" and "area" in words().kinds[head.group().lower()]:
            return head.start() - 1
    return run.end()


def _begins_word(text: str, start: int, stop: int) -> bool:
    """Whether the last capital goes on in small letters: `TNHH Xây` + `dựng`, not `Sao Mai` + `trúng`."""
    last = text[start:stop].rsplit(" ", 1)[-1]
    following = _WORD.match(text, stop)
    return following is not None and f"{last} {following.group(1)}".lower() in words().compounds


def _and_field(text: str, end: int) -> bool:
    """`TMCP Đầu tư` + ` và Phát triển …`: another field follows."""
    joint = _AND_CAPITAL.match(text, end)
    run = RUN.match(text, joint.end()) if joint else None
    return run is not None and _begins_word(text, run.start(), run.end())

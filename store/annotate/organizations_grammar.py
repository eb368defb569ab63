"""The grammar of the names of bodies: a head, then what may follow that kind of head.

Every rule is a function (scan, head, at) → where the name ends, or None for "not my case"; `at` is the end of the head.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

from store.annotate.organizations_lexicon import words
from store.annotate.places_gazetteer import CAPITAL, LOWER, RUN, gazetteer

__all__ = ["RULES", "Scan", "area", "body_at", "field_end"]

_CENTRAL = re.compile(r" (?:[Tt]rung ương|TƯ|TW|T\.Ư)(?: Đảng| Đoàn| Hội)?(?!\w)")
_AREA_WORD = re.compile(r" (?:TP|Tp|[Tt]hành phố|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Pp]hường|[Xx]ã|[Tt]hị xã|[Tt]hị trấn|[Tt]hủ đô)(?!\w|\.\w|\. ?[A-ZĐ])")
_BRACKET = re.compile(rf" \([{CAPITAL}&-]{{2,10}}\)(?= )")
_LEVEL = re.compile(r" (?:[Tt]ối cao|[Cc]ấp cao|[Qq]uân sự(?: [Tt]rung ương)?|khu vực)(?!\w)")
_AT_PLACE = re.compile(r" tại (?:thành phố |TP\.? ?)?")
_NUMBER = re.compile(r" (?:số )?\d{1,4}[A-Z]?(?![\w/.,]*\d)(?!\w)")
_WORD = re.compile(rf" ([{LOWER}]\w*)")
_CODE = re.compile(r" (?:số )?\d{1,4}(?:-[A-Z]\w*/[A-Z]+)?(?!\w)")
_CAPITAL_AFTER = re.compile(rf" (?=[{CAPITAL}])")
_OF_BODY = re.compile(r" (?:liên ngành )?(?:của )")
_SHORT_RUN = re.compile(rf"[{CAPITAL}]\w*(?:['’-](?=\w)\w+)?(?: [{CAPITAL}]\w*(?:['’-](?=\w)\w+)?){{0,5}}")
_FIRST = re.compile(r"\w+")
_TASK_WORD = re.compile(r"\w+(?:-\w+)*")
_AND_OTHER = re.compile(r"và (?:các|những|một|nhiều|cả)(?!\w)")
_AND_SMALL = re.compile(rf" (?:và|,) (?=[{LOWER}])|, (?=[{LOWER}])")
_DASHED = re.compile(rf" ?[-–] ?(?=[{CAPITAL}])")
_AND_CAPITAL = re.compile(rf" (?:và|&) (?=[{CAPITAL}])")
_COMMA = re.compile(rf", (?=[{LOWER}])")
_LONGEST = 30       # words in a name; the longest committee seen has 24


@dataclass(slots=True)
class Scan:
    """One line under way: its text, the places and persons in it (offsets in the line)."""

    text: str
    places: dict[int, int]                      # start → end
    persons: dict[int, int]                     # start → end
    areas: list[tuple[int, int]] = field(default_factory=list)   # areas that only a body's name shows
    bodies: dict[int, tuple[int | None, str]] = field(default_factory=dict)   # what was parsed at a head, once
    depth: int = 0
    place_starts: list[int] = field(init=False)
    person_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.place_starts, self.person_starts = sorted(self.places), sorted(self.persons)

    def in_place(self, at: int) -> bool:
        """Whether a place's name covers an offset: the `Hội` of `Hội An`."""
        index = bisect_right(self.place_starts, at) - 1
        return index >= 0 and at < self.places[self.place_starts[index]]

    def limit(self, at: int) -> int:
        """Where the next person's name begins, else the end of the line."""
        index = bisect_left(self.person_starts, at)
        return self.person_starts[index] if index < len(self.person_starts) else len(self.text)

    def next_place(self, at: int, end: int) -> int:
        """Where the first place inside a span begins, else its end."""
        index = bisect_right(self.place_starts, at)
        return min(self.place_starts[index], end) if index < len(self.place_starts) else end


Rule = Callable[[Scan, str, int], int | None]


# -- areas -------------------------------------------------------------------------------------------------------------


def area(scan: Scan, at: int, unknown: bool = False) -> int:
    """The end of an area that follows: ` huyện Đức Cơ`, ` TP`, ` Việt Nam TP. HCM`; `at` itself where none does."""
    bracket = _BRACKET.match(scan.text, at)
    start = bracket.end() if bracket else at
    end = _plain_area(scan, start, unknown)
    if end == start:
        return at
    if scan.text[start:end] in (" Việt Nam", " nước Việt Nam"):
        return _plain_area(scan, end, False)
    return end


def _plain_area(scan: Scan, at: int, unknown: bool) -> int:
    text = scan.text
    if not text.startswith(" ", at):
        return at
    if at + 1 in scan.places:
        return scan.places[at + 1]
    word = _AREA_WORD.match(text, at)
    if word:
        return word.end()
    run = _SHORT_RUN.match(text, at + 1)
    if not run:
        return at
    stop = min(run.end(), scan.limit(at + 1))
    names = text[at + 1:stop].split()
    if not names:
        return at
    count, level = gazetteer().longest(names)
    if level == "not":
        return at
    if not count and unknown and not words().head.match(text, at + 1) and 1 < len(names) <= 3 and not names[0].isupper():
        count = len(names)
    if not count:
        return at
    end = at + 1 + len(" ".join(names[:count]))
    scan.areas.append((at + 1, end))
    return end


# -- rules -------------------------------------------------------------------------------------------------------------


def fixed(scan: Scan, head: str, at: int) -> int | None:
    """`Quốc hội`, `Chính phủ Nhật Bản`: known by their whole name."""
    if head.lower() not in words().fixed or head.islower():
        return None
    if head.lower() in words().with_country and at + 1 in scan.places and scan.text.startswith(" ", at):
        name = scan.text[at + 1:scan.places[at + 1]]
        return scan.places[at + 1] if gazetteer().level.get(name, "country") == "country" else at
    return at


def area_body(scan: Scan, head: str, at: int) -> int | None:
    """`Tỉnh ủy Gia Lai`, `UBND TP`, `TAND cấp cao tại Hà Nội`."""
    level = _LEVEL.match(scan.text, at)
    if level:
        place = _AT_PLACE.match(scan.text, level.end())
        if place:
            end = _plain_area(scan, place.end() - 1, False)
            return end if end >= place.end() else level.end()
        at = level.end()
    number = _NUMBER.match(scan.text, at) if head.lower() == "quận ủy" else None
    if number:
        return number.end()
    if head.lower().endswith("ủy") and scan.text.startswith(" viên", at):
        return None                                         # `Thành ủy viên` is a post
    end = area(scan, at, unknown=head.lower().endswith("ủy"))
    if end > at or level:
        return end
    nested = _nested(scan, at)
    return nested if nested else None


def _nested(scan: Scan, at: int) -> int | None:
    """The end of another body that follows directly: `Đảng ủy` + ` Sở Xây dựng`."""
    if not scan.text.startswith(" ", at):
        return None
    match = words().head.match(scan.text, at + 1)
    return body_at(scan, match)[0] if match and match.end() > at + 1 else None


def inner_body(scan: Scan, head: str, at: int) -> int | None:
    """`Ban Tổ chức Thành ủy Hà Nội`, `Ủy ban Kiểm tra Trung ương`, `Văn phòng UBND huyện X`."""
    bracket = _BRACKET.match(scan.text, at)
    at = bracket.end() if bracket and _CENTRAL.match(scan.text, bracket.end()) else at
    central = _CENTRAL.match(scan.text, at)
    if central and "khối" not in head.lower():
        return central.end()
    if head.lower().endswith("khối"):
        return _lower_tail(scan, at, words().topic_stop)
    match = words().head.match(scan.text, at + 1) if scan.text.startswith(" ", at) else None
    if match and match.group().lower() in words().bare | words().short | words().fixed:
        return body_at(scan, match)[0] or match.end()
    nested = body_at(scan, match)[0] if match else None
    if nested:
        return nested
    end = area(scan, at)
    return end if end > at and head.lower() not in ("văn phòng", "thường trực", "thường vụ", "đoàn trường") else None


def sector_body(scan: Scan, head: str, at: int) -> int | None:
    """`Bộ Công Thương`, `Sở GD-ĐT TP. HCM`, `Cục Mỹ thuật, Nhiếp ảnh và Triển lãm`, `Phòng Cảnh sát hình sự Công an tỉnh X`."""
    text = scan.text
    if not text.startswith(" ", at):
        return None
    capital = text[at + 1:at + 2].isupper()
    found = field_end(text, at + 1)
    if found and not capital and head[0].islower() and area(scan, found) == found:
        return None                                         # `phòng nội vụ huyện X` is a name, `bộ xây dựng` alone hardly
    if not found and capital:
        acronym = words().acronym.match(text, at + 1)
        found = acronym.end() if acronym else None
    if found and found <= scan.limit(at + 1):
        end = found
        if head.lower() in ("cảnh sát", "kho", "viện", "tổ", "vụ") and not capital:
            return None
        end = _more_fields(scan, head, end)
    elif capital and (head.lower() not in ("bộ", "sở", "ty", "cảnh sát", "vụ") or head == "Vụ" and words().compound_start(text, at + 1)) and _first_word(text, at) not in words().not_a_name:
        tail = _named_tail(scan, at)
        if tail is None:
            return None
        end = tail
    else:
        return None
    nested = words().head.match(text, end + 1) if text.startswith(" ", end) else None
    if nested and nested.group().lower() in ("công an", "bộ", "sở", "ubnd", "hđnd", "trung ương đoàn"):
        return body_at(scan, nested)[0] or end
    return area(scan, end)


def _more_fields(scan: Scan, head: str, end: int) -> int:
    """`Cục Quản lý đường bộ`: a field may be the start of a longer name with capitals; only after ` và ` + capital field."""
    if head.lower() in ("bộ", "sở"):
        return end
    more = _AND_CAPITAL.match(scan.text, end)
    found = field_end(scan.text, more.end()) if more else None
    return found or end


def field_end(text: str, at: int) -> int | None:
    """Where the longest field of work that begins here ends: `giáo dục và đào tạo`."""
    first = _FIRST.match(text, at)
    if not first:
        return None
    found = [m.end() for pattern in words().fields.get(first.group().lower(), ()) if (m := pattern.match(text, at))]
    return max(found, default=None)


def _first_word(text: str, at: int) -> str:
    first = _FIRST.match(text, at + 1)
    return first.group() if first else ""


def named_body(scan: Scan, head: str, at: int) -> int | None:
    """`Công ty cổ phần Sao Mai`, `Trường THPT chuyên Lê Lợi`, `Hội Nông dân Việt Nam`: a name of its own must follow."""
    limit = scan.limit(at)
    first = _first_word(scan.text, at)
    if first in words().not_before or (first in words().not_a_name and head.lower() in ("hội", "khoa", "trung tâm", "đảng", "viện")):
        return None
    if head.lower() == "trường" and first[:1].isupper() and first not in words().school_words:
        return None                                         # `dãy Trường Sơn`
    between = words().between.match(scan.text, at)
    start = between.end() if between and between.end() < limit else at
    if head[0].islower() and head in ("tổ chức", "đảng", "mặt trận"):
        return None
    if head.lower() in _SCHOOLS and start + 1 in scan.persons and start > at:
        return area(scan, scan.persons[start + 1])          # `Trường THPT chuyên Lê Hồng Phong`
    if start + 1 in scan.places and (head[0].isupper() or start > at or head in _SCHOOLS) and scan.text.startswith(" ", start):
        place = scan.text[start + 1:scan.places[start + 1]]
        if gazetteer().level.get(place, "site") != "country":
            return scan.places[start + 1]                   # `Đại học Cần Thơ`, `Tổng công ty Đông Bắc`
    tail = _named_tail(scan, start, loose=(head.lower() in ("công ty", "tổng công ty", "trung tâm", "tổ chức", "hội", "quỹ", "liên đoàn", "hiệp hội", "viện", "học viện", "bệnh viện") and head[0].isupper()) or head.lower().endswith("công ty"))
    if tail is None:
        nested = area(scan, start) if start > at else at
        return nested if start > at and nested > start else None
    end = area(scan, tail)
    friend = _DASHED.match(scan.text, end) if head.lower() == "hội" and end > at else None
    if friend and friend.end() in scan.places:
        return scan.places[friend.end()]                    # `Hội Hữu nghị Việt Nam - Lào`
    return end


def numbered_body(scan: Scan, head: str, at: int) -> int | None:
    """`Quân khu 7`, `Sư đoàn 356`, `Đội 5`: small letters only for units that have nothing but numbers."""
    number = _NUMBER.match(scan.text, at)
    if not number or (head[0].islower() and head.lower() not in words().military):
        return None
    if _WORD.match(scan.text, number.end()) and head.lower() not in words().military:
        return None
    return number.end()


def topic_body(scan: Scan, head: str, at: int) -> int | None:
    """`Ban Chỉ đạo phòng, chống tham nhũng`, `Đoàn thanh tra công vụ của TP Hà Nội`, `Tiểu ban Văn kiện`."""
    text = scan.text
    if words().generic.match(text, at):
        return None
    code = _CODE.match(text, at)
    if code:
        return area(scan, code.end())
    of = _OF_BODY.match(text, at)
    owner = words().head.match(text, of.end()) if of else None
    if owner and (whole := body_at(scan, owner)[0]):
        return whole
    if not words().theme.match(text, at) and not _CAPITAL_AFTER.match(text, at):
        end = area(scan, at)
        return end if end > at else None
    end = _lower_tail(scan, at, words().topic_stop, commas=True)
    return end if end and end > at else None


def _lower_tail(scan: Scan, at: int, stop: re.Pattern[str], commas: bool = False) -> int | None:
    """Words of a task up to a verb, a mark or a person: `phòng, chống tham nhũng`."""
    text, end, count, limit = scan.text, at, 0, scan.limit(at)
    while count < _LONGEST and end < limit:
        if end + 1 in scan.places and text.startswith(" ", end):
            if text[at:end].endswith((" và", ",")):
                break
            end = scan.places[end + 1]
            if text[end:end + 1] != " ":
                break
            continue
        code = _CODE.match(text, end)
        if code:
            end, count = code.end(), count + 1
            continue
        comma = _COMMA.match(text, end) if commas and count else None
        start = comma.end() if comma else end + 1 if text.startswith(" ", end) else None
        if start is None or start >= limit or (comma and not _continues(scan, start)):
            break
        word = words().compound.match(text, start) or _TASK_WORD.match(text, start)
        if not word or (stop.match(text, start) and word.re is _TASK_WORD) or _AND_OTHER.match(text, start):
            break
        if word.group() == "và" and (other := words().head.match(text, word.end() + 1)) and _sure_head(other):
            break
        end, count = word.end(), count + 1
    return _without_joints(text, at, end)


def _sure_head(head: re.Match[str]) -> bool:
    """Whether a head can hardly be a common noun: `UBND`, `hội đồng`, not `doanh nghiệp`."""
    kinds = words().kinds[head.group().lower()]
    return "named" not in kinds and "sector" not in kinds


def _continues(scan: Scan, start: int) -> bool:
    """Whether the list goes on after a comma, inside a name: `tìm kiếm, quy tập hài cốt liệt sĩ`, `phòng, chống tham nhũng`."""
    return words().after_comma.match(scan.text, start) is not None


def _without_joints(text: str, at: int, end: int) -> int | None:
    """Drops a dangling `và`, `của`, `về` at the end."""
    while (joint := re.compile(r" (?:và|của|về|các|một|những|thuộc|ở|số|cấp|năm)$").search(text, at, end)) is not None:
        end = joint.start()
    return end if end > at else None


def _named_tail(scan: Scan, at: int, loose: bool = False) -> int | None:
    """Capitals, and the small words that belong to a capital standing alone: `Quản lý và Khai thác đất`, `Sao Mai`."""
    text, limit, end, proper = scan.text, scan.limit(at), at, False
    for _ in range(_LONGEST):
        if end + 1 in scan.places and text.startswith(" ", end) and (proper or (loose and end > at)):
            return scan.places[end + 1]
        number = _NUMBER.match(text, end) if loose and end > at else None
        if number and not _WORD.match(text, number.end()):
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
        if (other and not {"named", "topic"} & set(words().kinds[other.group().lower()])) or (start in scan.places and not proper):
            break
        if run:
            stop = min(run.end(), limit, _inner_head(text, run), scan.next_place(start, run.end() + 1) - 1)
            size = len(text[start:stop].split())
            opening = not proper or joint is not None
            end, proper = start + len(text[start:stop].rstrip()), True
            if _begins_word(text, start, stop) or (opening and size == 1 and text[start:end].istitle()):
                second = _WORD.match(text, end)
                if second and second.group(1) not in words().strong_stops and second.end() <= limit and end - start < 7:
                    end = second.end()                      # a Vietnamese word mostly has two syllables
                continue
            if _DASHED.match(text, end) or _and_field(text, end):
                continue
            break
        listed = _COMMA.match(text, end) if proper else None
        part = field_end(text, listed.end()) if listed else None
        if part:
            end = part
            continue
        small_joint = _AND_SMALL.match(text, end) if proper else None
        whole = words().compound.match(text, small_joint.end() if small_joint else start)
        if whole and (proper or loose):
            end = whole.end()
            continue
        small = _WORD.match(text, end)
        if not small or not (proper or loose) or words().stop.match(text, start):
            break
        end = small.end()
    last = _NUMBER.match(text, end) if loose and proper else None
    if last and last.end() <= limit and not _WORD.match(text, last.end()):
        return last.end()                                   # `Công ty Xây dựng Bắc Nam 79`
    return _without_joints(text, at, end) if proper else None


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


RULES: dict[str, Rule] = {
    "fixed": fixed, "area": area_body, "inner": inner_body, "sector": sector_body, "named": named_body,
    "numbered": numbered_body, "topic": topic_body,
}


def body_at(scan: Scan, head: re.Match[str]) -> tuple[int | None, str]:
    """Where the body that begins with this head ends, and the rule that reached farthest; (None, "") where there is none."""
    key = head.start() * 2 + (head.re is words().general)
    if key not in scan.bodies:
        if scan.depth >= _DEEPEST:
            return (None, "")
        scan.depth += 1
        scan.bodies[key] = _parse(scan, head)
        scan.depth -= 1
    return scan.bodies[key]


_DEEPEST = 6        # `Ban Thường vụ Đảng ủy Sở … tỉnh …` nests three bodies


def _parse(scan: Scan, head: re.Match[str]) -> tuple[int | None, str]:
    best: tuple[int | None, str] = (None, "")
    text, at = head.group(), head.end()
    if _other_word(scan, head):
        return best
    for kind in words().kinds[text.lower()]:
        mark = len(scan.areas)
        end = RULES[kind](scan, text, at)
        if end is not None and end <= scan.limit(head.start()) and (best[0] is None or end > best[0]):
            best = (end, kind)
        else:
            del scan.areas[mark:]
    if best[0] is None and "fixed" in words().kinds[text.lower()]:
        general = words().general.match(scan.text, head.start())
        return body_at(scan, general) if general and general.end() < at else best
    return best


def _other_word(scan: Scan, head: re.Match[str]) -> bool:
    """Whether the head is the end of another word or part of a post: `chức vụ`, `đại hội`, `Phó Bí thư Thường trực`."""
    text, at = head.group(), head.start()
    small = text.lower()
    if text == "thường trực":
        return True
    if small in _STANDING or small == "thường vụ":
        before = _BEFORE.search(scan.text, max(0, at - 12), at)
        if before and before.group(1).lower() in words().title_before:
            return True
        return small == "thường trực" and scan.text.startswith((" Ban Bí", " Ban bí"), head.end())
    if small == "chính phủ":
        return _PRIME.search(scan.text, max(0, at - 12), at) is not None
    if not text[0].islower() or small not in words().not_after:
        return False
    before = _BEFORE.search(scan.text, max(0, at - 12), at)
    return before is not None and before.group(1).lower() in words().not_after[small] and not (small == "ban" and _titled_ban(scan, head))


def _titled_ban(scan: Scan, head: re.Match[str]) -> bool:
    """`Trưởng ban Tổ chức`: the body is the Ban."""
    return scan.text[head.end():head.end() + 2].strip().isupper()


_SCHOOLS = frozenset({"trường", "bệnh viện", "học viện", "đại học"})
_STANDING = frozenset({"thường trực", "ban thường trực"})
_BEFORE = re.compile(r"(\w+) $")
_PRIME = re.compile(r"[Tt]hủ tướng $")

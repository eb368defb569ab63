"""What stands around a capital run: does it say that a person is named, or that none is?"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from store.annotate.persons_lexicon import UPPER, alternation, listed, syllable_set, table

__all__ = [
    "HEADS", "Evidence", "after", "before", "begins_body", "head_spans", "heads_pattern", "lowered", "namesake", "of_a_place",
    "president", "title_near",
]

Evidence = Literal["address", "called", "title", "body", "unit", "credit", "none"]

_FORMS = table("forms_of_address.toml")
_NOT = table("not_persons.toml")
_TITLES = table("titles.toml")

NAMESAKES = frozenset(listed(_NOT["namesakes"]))
HEADS: tuple[str, ...] = tuple(
    head.lower() for key in ("body", "whole", "rank") for head in listed(_TITLES[key])
)


def lowered(text: str) -> str:
    """Lower case of the same length, whatever the letters."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def heads_pattern(more: tuple[str, ...] = ()) -> str:
    """A regex over lower-case text that matches the longest head of a post, or of `more`, at a word's beginning."""
    # `chức vụ | trưởng khoa`, `nhiệm vụ | trưởng ban`, `trở thành | ủy viên`, `liên quan vụ | Phó bí thư …`
    none = r"(?<=chức )vụ |(?<=nhiệm )vụ |(?<=trở )thành |vụ phó (?:bí|chủ|giám|trưởng|tổng) "
    return rf"(?<!\w)(?!{none})(?:{'|'.join(_trie((*HEADS, *more)))})(?!\w)"


def _trie(entries: tuple[str, ...]) -> list[str]:
    """The entries grouped by first word, longest tails first: fast for `re`, which tries branches in order."""
    groups: dict[str, set[str]] = {}
    for entry in entries:
        first, _, rest = entry.partition(" ")
        groups.setdefault(first, set()).add(rest)
    branches = []
    for first, rests in sorted(groups.items(), key=lambda item: -len(item[0])):
        tails = sorted((rest for rest in rests if rest), key=len, reverse=True)
        inner = "|".join(re.escape(" " + tail).replace(r"\ ", " ") for tail in tails)
        optional = "?" if "" in rests else ""
        branches.append(re.escape(first) + (f"(?:{inner}){optional}" if inner else ""))
    return branches


_HEAD = re.compile(heads_pattern())
_ADDRESS = re.compile(rf"(?<!\w){alternation(w.lower() for w in listed(_FORMS['address']))}[.:]? $")
_ROLE = re.compile(rf"(?<!\w){alternation(w.lower() for w in listed(_FORMS['role']))}\.? ?:? $")
# `gia đình`, `yêu cầu`, `thông báo` are no temples, bridges and newspapers
_COMPOUND = "".join(f"(?<!{word} )" for word in (
    "gia", "thông", "cảnh", "tình", "văn", "căn", "cơ", "xuất", "thị", "lập", "môi", "hiện", "yêu", "nhu", "lừa", "kịch",
))
_MEMORIAL = re.compile(r"(?:bia|đài|nghĩa trang|tưởng niệm|tượng đài) (?:các )?(?:anh hùng )?liệt (?:sĩ|sỹ) $")
_CALLED = re.compile(r"(?<!\w)tên(?: thật)?(?:(?: phiên âm| đầy đủ)? là)? $")      # people, but also companies and buildings
_UNIT = re.compile(rf"(?<!\w){_COMPOUND}{alternation(w.lower() for w in listed(_NOT['before']))} ?[“\"']?$")
_WAYS = re.compile(
    rf"(?<!\w){_COMPOUND}(?:đường|phố|nút giao|ngã tư|ngã ba|trường|trạm bơm|tuyến)(?: phố)?(?: gồm| là| như| sau| ở)*[: ]+$"
)
# `các tuyến đường Hòa Bình, Lê Thu Cúc, Gò Dầu`: what goes on after the first street is a street too
_WAY_LIST = re.compile(
    rf"(?<!\w){_COMPOUND}(?:[Đđ]ường|[Pp]hố|[Tt]uyến phố|[Nn]út giao|[Nn]gã tư|[Cc]ầu|[Cc]hợ)(?: như| gồm| sau)?:?"
    rf" (?:[{UPPER}\d][\w/]*(?: [{UPPER}\d][\w/]*){{0,4}}(?:, | và | - | – |; )){{1,8}}$"
)
# `Bí thư Đảng ủy xã Lê Thu Cúc (huyện Trà Giang)`: the commune has a man's name
_GREATER_AREA = re.compile(r" ?[(,] ?(?:huyện|quận|thị xã|thành phố|tp\.?|tỉnh) ")
_ADMIN = re.compile(
    r"(?<!\w)(?:tỉnh|huyện|quận|xã|phường|thôn|ấp|bản|buôn|xóm|khu phố|thị xã|thị trấn|thành phố|tp|tổ dân phố|tổ) $"
)
_NUMBER = re.compile(r"(?<![\d/.,-])(?:số )?\d{1,4}[a-z]?(?:/\d+[a-z]?)*(?:bis)? $")
# `727 Lê Lợi` is an address; `ngày 3-5 Lê Thu Cúc`, `quận 3 Lê Thu Cúc`, `APEC 2017 Lê Thu Cúc` are none
_COUNTED = re.compile(
    r"(?:(?:ngày|sáng|trưa|chiều|tối|hôm nay|hôm qua|đêm|khóa|tháng|năm|lần thứ|quận|phường|q\.|p\.|tổ|tổ dân phố|khu|thôn|ấp"
    r"|xóm|đội|khu vực|khu phố|vùng) \d[\d/.-]*|(?:19|20)\d\d) $"
)
_CREDIT = re.compile(rf"(?<!\w){alternation(listed(_NOT['credit']))} ?: ?$")
_BODY = re.compile(rf"(?<!\w){_COMPOUND}{alternation(listed(_NOT['bodies']))}(?! hợp)(?!\w)")
_CLAUSE = re.compile(r"[,;:()“”\"–…!?]|(?<!tp)(?<![ .][a-zđư])\. | - ")
# Between a post and a capital run: the run belongs to what is told. `giám đốc Sở | nói về dự án Hồ Tràm`
_TOLD = re.compile(
    r" (?:nói|cho biết|cho rằng|cho hay|khẳng định|yêu cầu|đề nghị|nhấn mạnh|kiến nghị|đã|sẽ|bị|vừa|đang|đòi|cũng)(?!\w)"
)
_FREE = re.compile(r"(?<!\w)(?:của|với|và|là|cho|do|bởi|gặp|về|để|khi|rằng|có|gồm|tên|bắt|theo|vụ|như) $")
_APPOSITION = re.compile(
    rf" ?\(? ?,? ?(?:sn |sinh năm|sinh ngày|\d{{1,2}} tuổi|còn gọi|tức |trú )"
    rf"|(?: \([^()]{{1,80}}\))? {alternation(listed(_FORMS['verbs']))}(?!\w)"
)
_AFTER_TITLE = re.compile(r" ?(?:,|-|–|\() ?(?:nguyên |cựu |phó |quyền )*")


@cache
def namesake(name: str) -> bool:
    """Whether the name is mostly a street's, a school's or a city's today: `Lê Lợi`, `Hồ Chí Minh`."""
    return name in NAMESAKES


def before(text: str, low: str, start: int, end: int) -> Evidence:
    """What the words before a name say of it, and a greater area after it; `low` is the line in lower case."""
    left = low[max(0, start - 110):start]
    if _CREDIT.search(left):
        return "credit"
    role = _ROLE.search(left) or _CALLED.search(left)
    if _ADDRESS.search(left) or (role and not _MEMORIAL.search(left)):
        return "called" if role and _CALLED.search(left) else "address"
    clause = left[max((m.end() for m in _CLAUSE.finditer(left)), default=0):]
    head = max(_HEAD.finditer(clause), key=lambda match: match.end(), default=None)
    if head and head.end() >= len(clause) - 1:
        return "title"
    unit = _UNIT.search(left)
    if unit and head and left.endswith(" nhà nước "):          # `Chủ tịch Ủy ban Quản lý vốn nhà nước Lê Thu Cúc`
        return "title"
    if unit and not _inside_name(text, start - len(left) + unit.start()):
        return "title" if head and _ADMIN.search(left) and not _GREATER_AREA.match(low, end) else "unit"
    if _WAYS.search(left) or ("," in left and _WAY_LIST.search(text[max(0, start - 110):start])):
        return "unit"
    if _NUMBER.search(left) and not _COUNTED.search(left):
        return "unit"
    if head and not _TOLD.search(clause, head.end()):
        return "title"
    return "body" if _BODY.search(clause) and not _FREE.search(left) else "none"


def _inside_name(text: str, unit: int) -> bool:
    """`Miếu` of `Văn Miếu` is no temple: one capital syllable right after another."""
    word = text[unit:].split(" ", 1)[0]
    if not word.istitle() or word in _CAPITAL_UNITS:
        return False
    return _CAPITAL_LEFT.search(text[max(0, unit - 12):unit]) is not None


_CAPITAL_UNITS = syllable_set("Trường Đường Phố Phường Quận Huyện Xã Tỉnh Tiểu Thành Thị")
_CAPITAL_LEFT = re.compile(rf"[{UPPER}][^\W\d_]* $")
# `Lăng Chủ tịch Hồ Chí Minh`, `tấm gương đạo đức Chủ tịch Hồ Chí Minh`: the name of something else
_MONUMENT = re.compile(rf"(?<!\w){alternation(listed(_NOT['monuments']))}(?: của)? (?:chủ tịch|bác) $")
_OF_PLACE = re.compile(
    r"(?<!\w)(?:người dân|cử tri|cán bộ|đại biểu|giáo viên|học sinh|sinh viên|nhân viên|công dân|phụ nữ|thanh niên|chiến sĩ) $"
)
_PRESIDENT = re.compile(r"(?<!\w)(?:chủ tịch|bác|đồng chí) $")


def of_a_place(low: str, start: int) -> bool:
    """Whether the word before is rather followed by a place: `cử tri Hải Châu`, `người dân An Khê`."""
    return _OF_PLACE.search(low[max(0, start - 14):start]) is not None


def president(low: str, start: int) -> bool:
    """Whether `Hồ Chí Minh` is the man here: after his title, and no monument, birthday or testament."""
    left = low[max(0, start - 60):start]
    return _PRESIDENT.search(left) is not None and not _MONUMENT.search(left)


_COMPOUNDS = frozenset(
    " ".join(word.split()[:2])
    for word in (*listed(table("title_tails.toml")["words"]), *listed(_TITLES["modifiers"]))
)


def begins_body(word: str, rest: str) -> bool:
    """Whether a word with the text after it begins a body or a modifier: `Đoàn | Thanh niên`, `Bí thư | Thành ủy`."""
    following = rest[:20].split(maxsplit=1)
    return bool(following) and rest[:1] == " " and f"{word.lower()} {following[0].strip(',.;:)')}" in _COMPOUNDS


def head_spans(low: str) -> list[tuple[int, int]]:
    """Where heads of posts stand in a lower-case line."""
    return [match.span() for match in _HEAD.finditer(low)]


def title_near(low: str, start: int) -> bool:
    """Whether a post ends within a few words before a name: `Thủ tướng Nhật Bản Taro Tanaka`."""
    return _HEAD.search(low[max(0, start - 40):start]) is not None


def after(low: str, end: int) -> bool:
    """Whether the words after a name say that it is a person's: an age, a verb, a post."""
    right = low[end:end + 120]
    if _APPOSITION.match(right):
        return True
    comma = _AFTER_TITLE.match(right)
    return comma is not None and comma.end() > 0 and _HEAD.match(right, comma.end()) is not None

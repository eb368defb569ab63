"""Candidates for reported events: nouns like `hội nghị`, `lễ ký kết`, and verbs like `làm việc với`, in one line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from re import Match

from store.annotate.page import Line
from store.annotate.wordtree import alternatives

__all__ = ["WORDS", "Head", "any_of", "begins_aside", "confirms", "first_is_background", "heads", "is_press"]

WORDS = tomllib.loads((files("store") / "lexicon" / "events.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A regex of words and phrases, longest first."""
    return alternatives(words, either_case=False, space=r"\s+")


_NOUNS: list[str] = WORDS["nouns"]["meetings"]
_CEREMONIES: list[str] = WORDS["nouns"]["ceremonies"]
_SAME_KIND: dict[str, str] = WORDS["same_kind"]
_VERBS: dict[str, str] = {row["verb"]: row["kind"] for row in WORDS["verbs"]}
_ONLY_WITHIN = {
    row["verb"]: re.compile(rf"\b(?:{any_of(row['within'])})\b[^,.;:]*$")
    for row in WORDS["verbs"] if "within" in row
}
_ONLY_AFTER = {
    row["verb"]: re.compile(rf"\b(?:{any_of(row['after'])})\s+$")
    for row in WORDS["verbs"] if "after" in row
}
# On lower-case text; no lookaround in front, so that the matcher can skip to the first letters. `_bounded` looks back.
_HEAD = re.compile(
    rf"(?:(?P<noun>{any_of(_NOUNS)})|(?P<ceremony>(?:buổi\s+)?lễ\s+(?:{any_of(_CEREMONIES)}))|(?P<verb>{any_of(_VERBS)}))\b")
_CLAUSE = 140       # characters before a verb in which `within` is looked for
_BACKGROUND = re.compile(rf"(?:^|\W)(?:{any_of(WORDS['background']['before'])})\s+$")
# A congress by its number is a name for a time or a set of papers: `từ Đại hội XII`, `Tiểu ban Điều lệ Đại hội XIV`.
_SPOKEN_OF = re.compile(
    r"đại\s+hội\s+(?:đảng\b(?!\s+bộ)|lần\s+thứ\s+[xvi]+\s+của\s+đảng|[xvi]+\b)|hội\s+nghị\s+trung\s+ương\s+\d")
# A party committee reports its session by a notice: `vừa phát thông cáo về kỳ họp 27, diễn ra ngày …`.
# `trong cuộc làm việc với Quận ủy năm 2016`: long past; not `hội nghị tổng kết năm 2016`.
_OF_A_YEAR = re.compile(r"(?<=làm việc)\s+(?:với|của)\s[^,.;:()]{2,60}?\snăm\s+\d{4}\b")
_NOTICE = re.compile(r"\bthông\s+(?:cáo|báo)(?:\s+báo\s+chí)?\s+(?:về|nội\s+dung|kết\s+quả|về\s+(?:kết\s+quả|nội\s+dung))\s+$")
_BEFORE_IT = re.compile(      # `phát biểu trước hội nghị`
    r"\b(?:phát\s+biểu|báo\s+cáo|trình\s+bày|thông\s+báo|giải\s+trình|trả\s+lời|thừa\s+nhận)\s+trước\s+$")
_SITS = re.compile(r"\b(?:tại|trong|làm\s+việc(?:\s+thứ\s+\w+)?(?:\s+của)?|khai\s+mạc|bế\s+mạc)\s+$")
_ATTENDED = re.compile(r"\b(?:sau|trước)\s+khi\s+(?:tham\s+)?dự\s+$")
# `tiếp ông A, đang thăm Việt Nam và dự hội nghị …`: what brought the guest.
_GUEST = re.compile(r"\b(?:đang|sang|nhân\s+dịp)\s(?:[^,.;:]{0,40}?\s)?(?:tham\s+)?dự\s+$")
_BACKGROUND_LINE = re.compile(rf"\W*(?:{any_of(WORDS['background']['lines'])})\b")
_ASIDE = re.compile(rf"\W*(?:{any_of(WORDS['background']['aside'])})\b")
_PRESS = re.compile(rf"(?<!buổi\s)(?:{any_of(WORDS['background']['press'])})\b")
_CONFIRMS = re.compile(rf"(?:{any_of(WORDS['background']['confirms'])})\b")
_WINDOW = 32
# The name goes on from its head up to one of these, if it is not of `_GOES_ON`.
_NAME_END = re.compile(
    r"[,;:.!?\"”“()\[\]…]|\s(?:này|đó|ấy|nói trên|nêu trên)\b|\s[-–]\s|\s(?:do|sáng|trưa|chiều|tối|ngày(?=\s+\d)|hôm|vào|diễn\s+ra|"
    r"được|đã|sẽ|đang|với\s+sự|cho\s+biết|là|có|nhằm|để|khi|vừa|thì|mà|bị|cũng|cho\s+rằng|nhấn\s+mạnh|khẳng\s+định|tại|ở|theo|bàn\s+về|"
    r"rằng|nên|nhưng|sau|trước|ông|bà|dự\s+kiến|phát\s+biểu|bước\s+(?:sang|vào)|mới\s+đây|cách\s+đây|kéo\s+dài|gần\s+nhất|"
    r"bắt\s+đầu|làm\s+việc\s+(?:trong|từ)|(?:đang\s+)?thăm(?=\s+(?:cấp\s+nhà|chính\s+thức|hữu\s+nghị))|phát\s+đi|khai\s+mạc|bế\s+mạc|kết\s+thúc|công\s+bố\s+kết\s+quả|xem\s+xét|"
    r"(?:từ|trong(?:\s+\w+)?)(?=\s+(?:ngày\s+)?\d))[\s,.;]|\s(?-i:tổ\s+chức)\s(?!lại|bộ|cán|đảng)|"
    r"\s(?:thông\s+qua|biểu\s+quyết|bỏ\s+phiếu|thống\s+nhất\s+thông)\s", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?<=\bTP)\.\s?(?=[A-ZĐ])|(?<=\bT)\.\s?(?=Ư)|(?<=\b[QPH])\.\s?(?=\d|[A-ZĐ])|\s\([A-ZĐ]{2,8}\)|(?<=chuẩn)\sbị\b|(?<=trù)\sbị\b|(?<=[a-zà-ỹ])\s[-–]\s(?=[a-zà-ỹ])|"
    r",\s(?=(?:triển khai|phương hướng|nhiệm vụ|khen thưởng|biểu dương|khóa|nhiệm kỳ|sơ kết|tổng kết|truy điệu|giải pháp|bổ nhiệm|"
    r"điều động|luân chuyển|phân công|tặng quà|động viên|chúc mừng)\b)|\s?(?:“[^“”]{2,140}”|\"\s?[^\"“”]{2,140}\")(?=\W|$)")
# What belongs to a numbered session behind a comma: `kỳ họp thứ 8, HĐND tỉnh Sơn Trà khóa XVII`.
_OF_SESSION = re.compile(r",\s(?=(?:HĐND|Hội đồng nhân dân|Quốc hội|Ban [Cc]hấp hành)\s)")
_DANGLING = re.compile(r"(?:\s(?:và|với|của|các|những|cho|về|trong|trên|từ|đến|tới|hai|ba|cùng|đối|giữa|một|thì))+$")
_PERSON_IN_NAME = re.compile(r"(?:cho|phân công|đối với|bổ nhiệm|giữa|của|và|với)\s(?:ông|bà)\s$")
_NAME_LIMIT = 220


@dataclass(frozen=True, slots=True)
class Head:
    """A candidate; offsets in the line's text. `end` is the end of the head, `name_end` that of the whole name."""

    start: int
    end: int
    name_end: int
    kind: str
    noun: bool
    aside: bool = False             # `sau khi dự lễ kỷ niệm …`: beside the main event

    @property
    def named(self) -> bool:
        """Whether a name of its own follows: `hội nghị sơ kết …`, not `Hội nghị đã …`."""
        return self.name_end > self.end + 3


def heads(line: Line) -> Iterator[Head]:
    """The event heads of a line that may be reported there, in order."""
    text, reported = line.lower, False
    for match in _HEAD.finditer(text):
        before = text[max(0, match.start() - _WINDOW):match.start()]
        if not _bounded(before) or _is_background(match, before):
            continue
        if before.strip() and _SPOKEN_OF.match(text, match.start()) and not _SITS.search(before):
            continue
        if match["noun"] and _IS_OTHER.match(line.text, match.start()):
            continue
        verb = match["verb"]
        clause = text[max(0, match.start() - _CLAUSE):match.start()]
        if verb is not None and not (_verb_reports(verb, before, clause) or _state_visit(text, match.start(), before)):
            continue
        if _OF_A_YEAR.match(text, match.end()) or _in_a_title(text, match.start()):
            continue
        if reported and "dự" in before and _GUEST.search(text[max(0, match.start() - 60):match.start()]):
            continue
        reported = True
        aside = _ATTENDED.search(before) is not None
        yield Head(_name_start(match), match.end(), _name_end(line.text, match.end()), _kind(match), verb is None, aside)


# `giao Ban cán sự đảng …`, `đại hội đồng cổ đông`: other words.
_IS_OTHER = re.compile(r"(?:giao\s+Ban\b|(?i:giao\s+ban\s+(?:cán\s+sự|quản\s+lý|tổ\s+chức|thường\s+vụ)|đại\s+hội\s+đồng\b))")
# `Ngày 6/6, ông A có bài viết về "Chuẩn bị thật tốt đại hội chi bộ"`: what the article or book is about.
_TITLED = re.compile(
    r"\b(?:bài\s+viết|bài\s+báo|cuốn\s+sách|quyển\s+sách|tác\s+phẩm|bộ\s+phim|phim\s+tài\s+liệu|phóng\s+sự)\b"
    r"[^“”\"]{0,40}[“\"][^“”\"]*$")


def _in_a_title(text: str, start: int) -> bool:
    return _TITLED.search(text, max(0, start - _CLAUSE), start) is not None


def _is_background(match: Match[str], before: str) -> bool:
    """Whether a head is only spoken of: `nghị quyết đại hội`, not `thông cáo về kỳ họp`, not `đoàn công tác đến thăm`."""
    if _BACKGROUND.search(before) is None:
        return False
    return not (_NOTICE.search(before) or _BEFORE_IT.search(before) or (match["verb"] is not None and _arrives(match["verb"], before)))


def _name_start(match: Match[str]) -> int:
    """`tổ chức sơ kết …` is named from `sơ kết` on."""
    held = _HOLDS.match(match.group())
    return match.start() + (held.end() if held is not None else 0)


_HOLDS = re.compile(r"(?:tổ\s+chức|có)\s+")


def _bounded(before: str) -> bool:
    """Whether a word begins here; `Quốc | hội thảo luận` is one word and another."""
    return not (before[-1:].isalnum() or before.endswith("quốc "))


def _kind(match: Match[str]) -> str:
    """The kind written for a head: a verb's own, else the noun, `cuộc gặp gỡ` as `buổi gặp gỡ`."""
    words = " ".join(match.group().split())
    if match["verb"] is not None:
        return _VERBS[words]
    return _SAME_KIND.get(words, words)


_STATE_VISIT = re.compile(
    r"thăm\s+(?:(?:chính\s+thức|cấp\s+nhà\s+nước|hữu\s+nghị|và\s+làm\s+việc|làm\s+việc|tới|tại)\s+)*[^,.;:“”\"()]{2,40}?,?\s"
    r"(?:trong\s+(?:thời\s+gian|các\s+ngày|\w+\s+ngày),?\s+)?từ\s+(?:ngày\s+)?\d")
_NO_VISIT = re.compile(r"\b(?:đang|mời|dịp|chuyến|khách|sang|để|lịch|không|từng|được|sau|trước|việc)\s+$")


def _state_visit(text: str, start: int, before: str) -> bool:
    """`Chủ tịch nước (sẽ) thăm chính thức Lào từ ngày 5 đến 7/8`: a visit with its days, announced or done; not a guest's."""
    return _STATE_VISIT.match(text, start) is not None and _NO_VISIT.search(before) is None


_NOT_DONE = re.compile(rf"\b(?:{any_of(WORDS['background']['before_verb'])})\s+$")


def _arrives(verb: str, before: str) -> bool:
    """`đoàn công tác đến thăm …`; `đã vào làm việc với …`; not `thành lập đoàn công tác kiểm tra …`."""
    comes = before.endswith(("đoàn công tác ", "đoàn khảo sát ", "đoàn giám sát ", "đã vào "))
    return comes and verb.startswith(("đến", "tới", "về", "đi", "làm việc"))


def _verb_reports(verb: str, before: str, clause: str) -> bool:
    """Whether a verb tells of a deed done: `Ban Bí thư họp xem xét`, not `các cuộc họp`, `sẽ kiểm tra`."""
    after, within = _ONLY_AFTER.get(verb), _ONLY_WITHIN.get(verb)
    return (
        (_NOT_DONE.search(before) is None or before.endswith("quốc hội ") or _arrives(verb, before))    # `hội họp` is a noun
        and (after is None or after.search(before) is not None)
        and (within is None or within.search(clause) is not None)
    )


def _name_end(text: str, end: int) -> int:
    """Where the name of a head ends: a whole noun phrase, `lễ kỷ niệm 70 năm ngày thành lập`, never `họp và`."""
    stop = _name_stop(text, end)
    dangling = _DANGLING.search(text, end, stop)
    return dangling.start() if dangling is not None else stop


_SESSION = re.compile(r"(?:kỳ|phiên|cuộc) họp$|hội nghị$", re.IGNORECASE)


def _name_stop(text: str, end: int) -> int:
    limit = min(len(text), end + _NAME_LIMIT)
    at = end
    numbered = _SESSION.search(text, max(0, end - 8), end) is not None
    while (match := _NAME_END.search(text, at, limit)) is not None:
        onward = _GOES_ON.match(text, match.start()) or (numbered and _OF_SESSION.match(text, match.start()))
        if onward:
            at = onward.end() if onward.group()[-1] in "”\"" else max(onward.end() - 1, match.start() + 1)
        elif _PERSON_IN_NAME.search(text, end, match.end()):
            at = match.end() - 1
        else:
            return match.start()
    return limit if limit == len(text) else text.rfind(" ", end, limit)


def first_is_background(line: Line) -> bool:
    """Whether a sentence begins by telling of something earlier or elsewhere: `Trước đó, …`."""
    return _BACKGROUND_LINE.match(line.lower) is not None


def begins_aside(line: Line) -> bool:
    """Whether a sentence begins a passage about something earlier that may go on."""
    return _ASIDE.match(line.lower) is not None


def confirms(line: Line) -> bool:
    """Whether someone confirms in this sentence what happened before."""
    return _CONFIRMS.search(line.lower) is not None


def is_press(line: Line) -> bool:
    """Whether someone talks to a newspaper in this sentence, not at a conference for all: `Tại cuộc họp báo, trả lời VnExpress, …`."""
    return _PRESS.search(line.lower) is not None and _PRESS_CONFERENCE.match(line.lower) is None


_PRESS_CONFERENCE = re.compile(
    r"\W*(?:(?:phát\s+biểu|thông\s+tin)\s+)?(?:tại|trong)\s+(?:(?:buổi|cuộc)\s+)?(?:họp\s+báo|giao\s+ban\s+báo\s+chí)\b")

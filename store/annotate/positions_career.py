"""Posts told in clauses: `từng là …`, `được bầu làm …`, `khi còn giữ chức …`, `Năm 2010, bà làm …`.

The holder is the nearest person before the verb, or the one in focus when the clause has a pronoun. The tense decides
between held and former: `từng`, `khi còn`, a year in the past; a decision that the article reports stays held.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from store.annotate.page import Line, Page
from store.annotate.persons_context import lowered
from store.annotate.persons_lexicon import alternation, listed, table
from store.annotate.positions_attach import ACCORDING, Held
from store.annotate.positions_chains import ACTS, TERM, Chain, chains_of
from store.annotate.positions_titles import Title
from store.annotate.shortforms_persons import female
from store.types import Mention

__all__ = ["Focus", "career"]

_REACH = 500        # how far back a clause is read: long sentences stay linear
_CLAUSE = 120       # how far before a title the words that give it are looked for
_WORDS = table("title_clauses.toml")


def _any(key: str) -> str:
    return alternation(listed(_WORDS[key]))


_OFFICE = _any("office")
_WHICH = "(?: lãnh đạo| công tác| quan trọng| chủ chốt| khác nhau)*"
# `giữ nhiều chức vụ | trong Bộ Y tế | như chuyên viên, …`
_WHERE = r"(?: (?:trong|tại|ở|của|thuộc) [^,;.:()]{2,60}(?=:| như|, như| gồm),?)?"
# What stands right before a title when a clause gives it to somebody
_VERB = re.compile(
    rf"(?<!\w)(?:{_any('verbs')}(?: (?:các|nhiều|những|một số))?(?: {_OFFICE}{_WHICH}{_WHERE}(?: như)?)?"
    rf"|{_any('verbs_with_office')}(?: các)? {_OFFICE})"
    r"(?: danh hiệu| quân hàm| hàm| cấp bậc hàm)?(?: (?:là|làm|như|gồm))? ?[:,]? ?(?:tân |một |nguyên |cựu |quyền |[“\"])?$"
    r"|các chức vụ[^.;()]{0,30}\($"
)
_PAST = re.compile(rf"(?<!\w)(?<!xin )(?<!đơn ){_any('past')}(?!\w)")     # no `xin | từ chức`
_PAST_UNLESS_GIVEN = re.compile(rf"(?<!\w){_any('past_unless_given')}(?!\w)")
_GIVEN = re.compile(rf"(?<!\w){_any('given')}(?!\w)")
_GONE = re.compile(rf"(?<!\w){_any('gone')}(?!\w)[^,;.]{{0,30}}$")
_DECIDED = re.compile(rf"(?<!\w){_any('decided')}(?!\w)")
# `khi ông Khôi còn | làm …`; `sau khi ông Khôi làm …` tells of a new post
_WHILE = re.compile(
    r"(?<!sau )(?<!trước )(?<!từ )(?<!đến )(?<!\w)khi (?:ông|bà|anh|chị|đồng chí) (?:\w+ ){1,5}?"
    rf"(?:còn |đang )*(?:làm|là|giữ)(?: {_OFFICE})* $"
)
_YEAR = re.compile(
    r"(?<![\d/.-])(?:năm |tháng \d{1,2}[/-]|\d{1,2}[/.-]\d{1,2}[/.-]|\d{1,2}[/-]|từ |"
    r"đầu |cuối |giai đoạn \d{4} ?[-–] ?)((?:19|20)\d\d)(?!\w)"
)
_TERM_YEARS = re.compile(r"(?:nhiệm kỳ|giai đoạn|khóa|đến năm|tới năm|tầm nhìn|định hướng)[^.;,()]{0,25}?\d{4}(?: ?[-–] ?\d{4})?")
# `làm Chủ nhiệm Văn phòng … | từ tháng 8/2007 đến năm 2011`
_DAY = r"(?:(?:đầu|giữa|cuối|ngày|tháng|năm) )*(?:\d{1,2}[/.-]){0,2}"
_UNTIL = re.compile(
    rf"[^.;,()]{{0,60}}? ?(?:\(|(?<!\w)(?:từ|giai đoạn) ){_DAY}(?:19|20)\d\d ?(?:đến|tới|-|–) ?{_DAY}((?:19|20)\d\d)(?![\d/])"
)
_ANY_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]\d)")
_NOW = re.compile(r"(?:đến nay|hiện nay|hiện là|hiện giữ|tới nay)")
_UNSURE = re.compile(rf"(?<!\w){_any('unsure')}(?!\w)")
_PRONOUN = re.compile(
    r"(?<!\w)(?<!các )(?<!những )(?P<who>ông|bà|anh|chị|vị này|ông này|bà này|đồng chí)"
    r"(?: (?:cũng|đã|còn|được|từng|vẫn|là|làm|giữ|sẽ|tiếp|lần|có|ấy|này|lại|hiện|đang|vốn|nguyên|chính"
    rf"|{_any('career')})(?!\w)|,| $)"
)
_BREAK = re.compile(rf"(?<!\w){_any('breaks')}(?!\w)|[.;:!?] |\n")
# `bị cách chức | Ủy viên …`, but told of an earlier time: it is gone already
_LONG_DECIDED = re.compile(r"(?<!\w)(?:hồi|trước đó|nguyên(?! tắc| nhân| liệu| trạng| đơn)|năm ngoái|năm trước)(?!\w)")
# … or dated in an earlier year, `Tháng 5/2016, ông Khôi | bị cách chức …`, or told as done: `sau khi ông Khôi | bị bãi nhiệm …`
_DATED = re.compile(
    r"(?:^\W*|[;,] )(?:(?:đến|vào|từ|trước đó|hồi|đầu|giữa|cuối|ngày|tháng|năm) ){1,3}(?:\d{1,2}[/.-]){0,2}((?:19|20)\d\d)(?!\w)"
)
_AFTER_GONE = re.compile(r"(?<!\w)sau khi [^,.;]{0,60}(?<!\w)bị (?:\w+ ){0,6}$")
# A career goes on: `Trước đây ông ở Sở Y tế. | Sau đó, ông làm …`
_EARLIER = re.compile(r"\W*(?:trước đây|trước đó|trước khi|thời trẻ|những năm)(?!\w)", re.IGNORECASE)
_LATER = re.compile(r"\W*(?:sau đó|tiếp đó|tiếp theo|rồi)(?!\w)", re.IGNORECASE)
# `ông Khôi được Chủ tịch UBND tỉnh là ông Bền ký quyết định bổ nhiệm làm …`: of Khôi
_AGENT = re.compile(r"(?<!\w)(?:được|bị) (?:[^,;.:()]{1,60} )?(?:ông|bà|đồng chí) $")
_AGENT_ACTS = re.compile(r" (?:ký|ra quyết định|trao|quyết định|giao|bổ nhiệm|điều động|phân công)(?!\w)")
_SUBORDINATE = re.compile(rf"(?<!\w){_any('aside_in_time')}(?!\w)[^,;:]{{0,25}}$")
_OPENING = re.compile(r"(?:(?:từng|hiện|đang|vốn|với|trên|ở|trong|cũng) )*(?:là|làm|giữ|cương vị|tư cách|vai trò|khi|trước khi)(?!\w)")
_SUBJECT = re.compile(
    r"(?: \([^()]{1,40}\)| (?:hai |các |ba )?(?:khóa|nhiệm kỳ) [^.;]{1,25}?| từ [^.;,]{4,25}? đến [^.;,]{3,15})?(?: ?,| thì) ?"
    r"(?:(?:ông|bà|anh|chị|đồng chí|bị can|bị cáo|đại biểu|thầy|cô|tướng) )?"
)
# … and `giới thiệu ông Khôi, Giám đốc Sở Y tế, để HĐND bầu |`, `để trở thành |`
_PROPOSED = re.compile(
    r"(?<!\w)(?:nếu|giới thiệu|đề cử|đề xuất)(?! và| nhân sự)(?!\w)(?:[^,;.]*|[^;.]{0,100}, để [^,;.]*)$|(?<!\w)(?:để|muốn) trở thành $"
)
# `ông Khôi từ chức: | Chủ tịch UBND tỉnh lên tiếng`, `ông Khôi đắc cử, | Chủ tịch UBND tỉnh nói`: the clause is over
_AT_AN_END = re.compile(r"^(?:xin )?(?:từ chức|thôi|đắc cử|tái cử|trúng cử|tái đắc cử|bãi nhiệm|miễn nhiệm|bổ nhiệm) ?[:,]")
# `cán bộ, đảng viên, trước hết là | Ủy viên …`: examples of a crowd, no man's post
_EXAMPLES = re.compile(r"(?<!\w)(?:trước hết|(?<!cao )(?<!lớn )nhất|đặc biệt|chủ yếu|trước tiên) là (?:các |những )?$")
_AUXILIARY = re.compile(r"(?: (?:đảng|sẽ|đã|được|đồng thời|cũng|hiện|đang|vừa|tiếp tục|quốc hội|hđnd|bầu|ứng cử))* ?")
# `đoàn do ông Khôi, Bí thư Huyện ủy, | làm trưởng đoàn`
_BY = re.compile(r"(?<!\w)do (?:[^,;.]{0,90}|(?:ông|bà|đồng chí) [^;.]{0,180})(?<!\w)làm $")
_BODY_BY = re.compile(r"(?:^|[\s“\"(])(?P<unit>[Tt]iểu ban|[Bb]an|[Tt]ổ) (?P<name>[^,;:.]{3,60}) do $")
# `dưới thời Chủ tịch Lê Đăng Khôi làm |`, but no `đồng thời`, `thời gian`
_IN_THE_DAYS = re.compile(
    r"(?:^|[,“\"(:] ?|(?<!\w)(?:từ|dưới|vào|trong|như|hồi|là) )thời (?!gian|điểm|kỳ|sự|hạn|tiết)[^,;.]{0,60} (?:làm|giữ|là)(?!\w)[^,;.]*$"
)
# `cách chức tất cả các chức vụ trong Đảng (ủy viên …; bí thư …)`: all of the list are taken away now
_TAKEN_LIST = re.compile(r"cách (?:chức )?(?:tất cả |hết )?(?:các )?chức vụ[^.;()]{0,30}\([^()]{0,100}$")
_KIN = re.compile(
    r"(?<!\w)(?:em|anh|chị|con|vợ|chồng|cha|bố|mẹ|cháu|con rể|con dâu|em rể)(?: trai| gái| ruột| họ)?(?: của)? (?:ông|bà|anh|chị) $"
)
_ASIDE = re.compile(rf"(?<!\w){_any('beside')} (?:(?:ông|bà|anh|chị|đồng chí) )?$")
_ABBREVIATED = re.compile(r"(?<!\w)(?:tp|tx|tt|[tqphx])\.(?= ?\w)")      # `TP. HCM`, `Q. 1`, `T.Ư`: no end of a clause
# `bổ nhiệm em gái | làm …`, `bổ nhiệm cán bộ | giữ …`: somebody without a name
_OBJECT = re.compile(
    r"(?<!\w)(?:bổ nhiệm|điều động|cử|đưa|chọn|bầu|đề bạt)(?: cho)? (?:em|anh|chị|con|vợ|chồng|cháu|cán bộ|nhân sự|người)"
    r"(?: (?:trai|gái|rể|dâu|ruột|mình|ông|bà))* (?:làm|giữ|lên)(?!\w)"
)
# `Thủ tướng Lê Thu Cúc vừa phê chuẩn kết quả bầu | Phó chủ tịch …`: somebody else's post
_APPROVES = re.compile(
    r"(?!.*(?<!\w)(?:được|bị|để|nhận)(?!\w)).*(?<!\w)(?:phê chuẩn|ký|công bố|trao|đọc)"
    r" (?:kết quả|quyết định|tờ trình|nghị quyết|các|danh sách)(?!\w)"
)
# `ông Khôi gặp các cô, chú từng là | cán bộ …`, `dự còn có các đồng chí là | Ủy viên …`: people without a name
_MANY = re.compile(
    r"(?<!\w)(?:các|những|nhiều) (?:(?:[^\W\d_]+,? ){1,4}(?:từng|đang|đã|hiện|vốn) (?:là|làm|giữ)"
    r"|(?:đồng chí|vị|khách mời|đại biểu|cán bộ|người) là)$"
)
# `- Từ tháng 5/2010 đến năm 2015: |`, `2015 - nay: |`
_TABLE = re.compile(
    r"\W{0,3}(?:từ )?(?:năm |tháng |đầu năm |cuối năm )?\d[\d/.-]*"
    r"(?: ?(?:[-–]|đến|tới) ?(?:(?:năm |tháng |đầu năm |cuối năm )?\d[\d/.-]*|nay|hiện nay))? ?[:,] ?(?:ông |bà )?(?:là |làm |giữ chức )?"
)
_IN_TURN = re.compile(r"(?<!\w)lần lượt (?!kinh|trải|qua)")
_THEN = re.compile(r"(?:rồi|sau đó|tiếp đó|tiếp theo|,|;|\)|:)(?: (?:là|làm))? ?$")
_AND_BEFORE = re.compile(r" và(?: (?:ông|bà|anh|chị|đồng chí))? $")
_AND_TITLED = re.compile(
    r" ?[,–(-] ?(?:(?!(?<!\w)(?:được|bị|đã|sẽ|vừa|nói|cùng|gặp|làm|từng|cho)(?!\w))[^;.]){3,160}? ?[,)–-]? ?và (?:ông|bà|anh|chị|đồng chí) "
)
# `thay ông Khôi - | vừa được phân công làm …`: of Khôi
_WHO = re.compile(r" ?[-–(,] ?(?:vừa|người|mới|hiện|đang)(?!\w)")
_INSTEAD = re.compile(r"(?: [^,;.:]{1,40})? thay(?: thế)?(?: cho)? (?:ông |bà |anh |chị |đồng chí )?$")
_AND = re.compile(r"(?: ?\([^()]{1,80}\))? ?(?:,|;|và|,? và) ?(?:(?:ông|bà|anh|chị|các đồng chí|đồng chí) )*$", re.IGNORECASE)


class Focus:
    """Whom the text is about: the person a pronoun at the beginning of the next sentence means."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.current: str | None = None
        self.told = -1                      # the line that told a past post last
        self.past = False                   # whether the line before told of an earlier career
        self.today = _newest_year(page)
        self.terms = max((int(match[1]) for match in TERM.finditer(page.text)), default=0)   # when the newest term began

    def read(self, line: Line, persons: Sequence[Mention]) -> None:
        """Moves on by one line: its first person, unless it begins with a pronoun for the one already in focus."""
        earlier = self.told == line.position or _EARLIER.match(line.text) is not None
        self.past = earlier or (self.past and _LATER.match(line.text) is not None)
        if persons and not re.match(r"(?:Ông|Bà|Anh|Chị)(?: [^\W\d_A-ZĐ]|,)", line.text):
            self.current = persons[0].name

    def fits(self, pronoun: str) -> bool:
        """Whether the pronoun can mean the person in focus: `bà` no man."""
        if self.current is None:
            return False
        woman = female(self.current, set())
        return woman is None or pronoun not in ("ông", "bà", "anh", "chị") or woman == (pronoun in ("bà", "chị"))


def _newest_year(page: Page) -> int:
    """The year the article speaks from: that of its publication, else the newest it names outside terms of office."""
    if page.published and page.published[:4].isdigit():
        return int(page.published[:4])
    text = _TERM_YEARS.sub(" ", page.text)
    return max((int(year) for year in _ANY_YEAR.findall(text) if int(year) <= 2030), default=0)


def career(
    line: Line, titles: Sequence[Title], persons: Sequence[Mention], focus: Focus, taken: set[int],
) -> Iterator[Held]:
    """The titles of a line that a clause ties to a person; `taken` are the starts of those beside a name."""
    low = _ABBREVIATED.sub(lambda match: match.group().replace(".", " "), lowered(line.text))
    past = -1                          # where the last past post ends
    given: set[int] = set()            # ends of titles that a clause gave to somebody
    chains = chains_of(line, titles)
    if chains and not persons and focus.current and (years := _TABLE.fullmatch(low, 0, chains[0].start)):
        yield from _of_years(line, chains, focus.current, years)
        return
    for chain in chains:
        first = chain.titles[0]
        if first.start in taken or first.plural:
            continue
        verb = _VERB.search(low[max(0, first.start - _CLAUSE):first.start]) or (past >= 0 and _follows(line, low, past, chain, persons))
        if not verb or (isinstance(verb, re.Match) and _of_another(low, first.start, verb, titles, taken, given)):
            continue
        given.update(title.end for title in chain.titles)
        holders = _subject_after(line, low, chain, persons) or _holders(line, low, first.start, persons, focus)
        if isinstance(verb, re.Match) and "kiêm" not in verb.group():
            holders = _together(line, low, holders, persons, [title for title in titles if title.start in taken])
        status, rule = _status(low, first.start, chain.end, past >= 0, focus.today)
        if rule == "career_now" and focus.past and _LATER.match(low):
            status, rule = "former", "career_then"
        if _TAKEN_LIST.search(low[max(0, first.start - 150):first.start]):
            status, rule = "held", "career_decided"
        elif rule == "career_now" and _BY.search(low[max(0, first.start - 200):first.start]):
            rule = "career_by"
            _complete(line.text, first)
        past = chain.end if status == "former" else -1
        if status == "former":
            focus.told = line.position
            for title in chain.titles:
                title.listed = any(other.tail for other in chain.titles)
        yield from _replaced(line, low, chain, persons, holders)
        if _IN_TURN.search(low[max(0, first.start - 40):first.start]) and len(holders) == len(chain.titles) > 1:
            for name, title in zip(holders, chain.titles, strict=True):
                yield Held(name, title, line.position, line.start + title.start, line.start + title.end, "career_in_turn", "held")
            continue
        for name in holders:
            for title in chain.titles:
                if title.start not in taken:
                    yield Held(name, title, line.position, line.start + title.start, line.start + title.end, rule,
                               "former" if title.former or status == "former" else "held")


def _of_years(line: Line, chains: Sequence[Chain], person: str, years: re.Match[str]) -> Iterator[Held]:
    """`- Từ 2010 đến 2015: Phó giám đốc Sở Y tế`: a row of a career's table, of the person in focus."""
    status: Literal["held", "former"] = "held" if "nay" in years.group() else "former"
    for title in (title for chain in chains for title in chain.titles):
        yield Held(person, title, line.position, line.start + title.start, line.start + title.end, "career_table", status)


def _together(
    line: Line, low: str, holders: list[str], persons: Sequence[Mention], beside: Sequence[Title],
) -> list[str]:
    """`ông Khôi, Chủ tịch UBND, và ông Bền, Trưởng phòng Nội vụ, được bầu làm …`: both, each with a title beside the name."""
    for one, other in pairwise(persons):
        start, end = one.end - line.start, other.start - line.start
        titled = any(start <= title.start and title.end <= end for title in beside)
        if holders[:1] == [other.name] and titled and _AND_TITLED.fullmatch(low, start, end):
            return [one.name, *holders]
    return holders


def _replaced(line: Line, low: str, chain: Chain, persons: Sequence[Mention], holders: Sequence[str]) -> Iterator[Held]:
    """`… giữ chức Bí thư Huyện ủy thay ông Lê Đăng Khôi`: it was his until now."""
    title = chain.titles[-1]
    cut = bisect_left(persons, line.start + title.end, key=lambda person: person.start)
    for person in persons[cut:cut + 1]:
        if _INSTEAD.fullmatch(low, title.end, person.start - line.start) and person.name not in holders:
            yield Held(person.name, title, line.position, line.start + title.start, person.end, "replaced", "former")


def _complete(text: str, title: Title) -> None:
    """`Tiểu ban Văn kiện do ông Khôi làm Trưởng tiểu ban`: the body stands before the man."""
    left = text[:title.start]
    body = _BODY_BY.search(left[:left.rfind(" do ") + 4])
    if body and not title.tail and title.head.lower().removeprefix("phó ") == f"trưởng {body['unit'].lower()}":
        title.tail = body["name"]
        title.name = f"{title.name} {title.tail}"


def _of_another(
    low: str, start: int, verb: re.Match[str], titles: Sequence[Title], taken: set[int], given: set[int],
) -> bool:
    """`việc Tổng bí thư | làm Chủ tịch nước`: the subject is a post whose holder the clause does not name; `giới thiệu ông
    Khôi để HĐND | bầu làm Chủ tịch`: not yet."""
    if _AT_AN_END.search(verb.group()):
        return True
    at = max(0, start - _CLAUSE) + verb.start()
    left = low[max(0, at - 120):start]
    if _PROPOSED.search(left) or _EXAMPLES.search(left):
        return True
    return any(
        title.end <= at and title.start not in taken and title.end not in given and _AUXILIARY.fullmatch(low, title.end, at)
        for title in titles
    )


def _follows(line: Line, low: str, past: int, chain: Chain, persons: Sequence[Mention]) -> bool:
    """`…, rồi |`, `; sau đó |` after a past post, with nobody else named between; no `…; Chủ tịch UBND tỉnh | đã ký …`."""
    start = chain.start
    named = any(line.start + past < person.start < line.start + start for person in persons)
    if named or start - past >= 90 or ACTS.match(low, chain.end):
        return False
    return _THEN.search(low[max(0, start - 30):start]) is not None


def _status(low: str, start: int, end: int, before: bool, today: int) -> tuple[str, str]:
    """Whether a clause tells a past post, and by which rule."""
    left = low[max(0, start - _REACH):start]
    clause = left[-70:]
    if _GONE.search(clause):
        return "former", "career_gone"
    if _DECIDED.search(clause[-30:]) and not _PAST.search(clause[-30:]):
        over = any(int(term[2]) < today for term in TERM.finditer(low[start:end + 40]))
        over = over or any(int(year) < today for year in _DATED.findall(left[left.rfind("; ") + 1:]))
        gone = over or _LONG_DECIDED.search(left[-200:]) or _AFTER_GONE.search(left[-110:])
        return ("former", "career_past") if gone else ("held", "career_decided")
    told = left[left.rfind("; ") + 1:][-200:]
    if _IN_THE_DAYS.search(told) or _WHILE.search(told):
        return "former", "career_past"
    if re.search(r"trước khi (?:(?!từng)[^,])*$", told):
        return "held", "career_now"
    if _PAST.search(told) or (_PAST_UNLESS_GIVEN.search(told) and not _GIVEN.search(clause)):
        return "former", "career_past"
    around = low[max(0, start - _REACH):end + 40]
    years = [int(year) for year in _YEAR.findall(around)]
    ended = [int(term[2]) for term in TERM.finditer(low[start:end + 40])]
    if (any(year < today for year in years) or any(year < today for year in ended)) and not _NOW.search(around):
        return "former", "career_year"
    until = _UNTIL.match(low, end)
    if until and int(until[1]) < today:
        return "former", "career_year"
    return ("former", "career_then") if before else ("held", "career_now")


def _subject_after(line: Line, low: str, chain: Chain, persons: Sequence[Mention]) -> list[str]:
    """`Là ủy viên …, ông Khôi từng …`, `Khi còn làm trưởng phòng, bị can Khôi …`: the subject follows the clause."""
    cut = bisect_left(persons, line.start + chain.end, key=lambda person: person.start)
    if cut == len(persons):
        return []
    near = cut and chain.start - (persons[cut - 1].end - line.start) < 60
    opening = _OPENING.match(low) or _SUBORDINATE.search(low[max(0, chain.start - 60):chain.start])
    if near and not opening:
        return []
    gap = low[chain.end:persons[cut].start - line.start]
    return [persons[cut].name] if _SUBJECT.fullmatch(gap) and (opening or len(gap) > 4) else []


def _holders(line: Line, low: str, start: int, persons: Sequence[Mention], focus: Focus) -> list[str]:
    """Who holds the title that begins at `start`: the nearest person before it, or the one in focus."""
    cut = bisect_left(persons, line.start + start, key=lambda person: person.start)
    before = list(persons[max(0, cut - 12):cut])
    pronouns = list(_PRONOUN.finditer(low, max(0, start - _REACH), start + 1))
    nearest = before[-1] if before else None
    pronoun = pronouns[-1] if pronouns else None
    while before and (len(before) > 1 or pronoun):
        left = low[max(0, before[-1].start - line.start - 30):before[-1].start - line.start]
        if not _ASIDE.search(left) or _AND_BEFORE.search(left) or _WHO.match(low, before[-1].end - line.start):
            break
        before.pop()
    if pronoun and (not before or pronoun.start() > before[-1].end - line.start):
        if before:
            return [before[0].name]
        return [focus.current] if focus.current and focus.fits(pronoun["who"]) else []
    if not before and nearest is None:
        return []
    if len(before) > 1 and _is_agent(line, low, before[-1]):
        before.pop()
    last = before[-1] if before else nearest
    assert last is not None
    if _KIN.search(low[max(0, last.start - line.start - 30):last.start - line.start]):
        return []
    gap = low[last.end - line.start:start].rstrip(" :,(")
    subordinate = _SUBORDINATE.search(gap) is not None
    if len(gap) > (400 if subordinate else 260) or (_BREAK.search(gap) and not subordinate) or _UNSURE.search(gap):
        return []
    if _OBJECT.search(f"{gap} làm") or _MANY.search(gap) or _APPROVES.match(gap):
        return []
    holders = [last]
    for one in reversed(before[:-1]):
        if not _AND.fullmatch(low[one.end - line.start:holders[-1].start - line.start]) or _quoted(line, low, one):
            break
        holders.append(one)
    return [p.name for p in reversed(holders)]


def _is_agent(line: Line, low: str, person: Mention) -> bool:
    """Whether somebody gives the post in a passive clause: `được | ông Bền | ký quyết định bổ nhiệm làm …`."""
    start, end = person.start - line.start, person.end - line.start
    return _AGENT.search(low[max(0, start - 90):start]) is not None and _AGENT_ACTS.match(low, end) is not None


def _quoted(line: Line, low: str, person: Mention) -> bool:
    """`Theo ông Khôi, bà Cúc là …`: of Cúc alone."""
    start = person.start - line.start
    return ACCORDING.search(low[max(0, start - 30):start]) is not None

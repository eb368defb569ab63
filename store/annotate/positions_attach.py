"""Titles beside names: `Bí thư Huyện ủy Lê Thu Cúc`, `Lê Thu Cúc, Bí thư Huyện ủy`, `các Phó chủ tịch: A, B`.

A chain is a row of titles with nothing but commas, `kiêm`, `và` between them. It belongs to the person right after
its last title, else to the person it follows; where both claim it, the last title goes to the right.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from store.annotate.page import Line
from store.annotate.persons_lexicon import alternation, listed, table
from store.annotate.positions_chains import TERM, TERMS, Chain, chains_of, deputies
from store.annotate.positions_titles import Title
from store.types import Mention

__all__ = ["ACCORDING", "Held", "attach"]

_FORMS = table("forms_of_address.toml")
_WORDS = table("title_clauses.toml")
_BRIDGE = rf"{alternation(sorted(listed(_FORMS['bridge'])))}[.,:]?"

# title → person
_RIGHT_NEXT = re.compile(
    rf"{TERMS}(?: (?:lúc đó|khi đó|thời điểm đó|thời đó|hiện nay|hiện|bấy giờ|lúc này|mới) là)?(?: {_BRIDGE})* [“\"]?", re.IGNORECASE
)
_RIGHT_DASH = re.compile(rf"{TERMS} ?[,–(-] ?(?:{_BRIDGE} )+[“\"]?", re.IGNORECASE)
_RIGHT_COLON = re.compile(
    rf"{TERMS}(?: ?:| gồm:?| là:?| có:?| như:?|, (?:trong đó )?(?:có|gồm|là):?)(?: gồm| có)?(?: {_BRIDGE})* ?", re.IGNORECASE
)
_LISTED = re.compile(r"(?:,? (?:trong đó )?(?:có|gồm|là))? ?:")
# `cách chức Phó Bí thư … đối với ông Khôi`, `chức Chánh văn phòng dành cho bà Cúc`
_RIGHT_FOR = re.compile(rf"\.?{TERMS} (?:đối với|với|dành cho|cho|của)(?: {_BRIDGE})+ ", re.IGNORECASE)
_TAKEN_AWAY = re.compile(
    rf"(?<!\w){alternation(listed(_WORDS['taken_away']))}"
    r"(?: (?:chức|chức vụ|chức danh|tư cách|vị trí|quyết định|kỷ luật|đảng)){0,3}(?: nguyên)? $"
)
# `Giám đốc Sở | phụ trách khối văn xã | Lê Thu Cúc`: lower-case words of the post that no lexicon knows
_RIGHT_WORDS = re.compile(r"(?: (?!ông |bà |anh |chị )[^\W\d_A-ZĐ]+){1,6} ")
# … but none of these: then another clause has begun
_VERB = re.compile(rf"(?<!\w){alternation((*listed(_FORMS['verbs']), *listed(_WORDS['clause'])))}(?!\w)")
# person → title
_SIDE = r"(?: ?\((?:[^()]{1,60})\))?"
# `sinh năm 1970, trú tại quận 1, thành phố Hà Nội, |`
_HOME = (
    r"(?:,? (?:(?:hiện )?(?:trú|ngụ|cư trú|thường trú) (?:tại|ở)?|quê|quê quán|ngụ) ?(?!ông |bà )[^.;:()“”\"]{3,70}?"
    r"(?=, (?:nguyên|cựu|là|hiện)(?!\w)|, (?-i:[a-zđ])))"
)
_BORN = rf" ?[,–-]? ?(?:(?:sn|sinh năm|sinh) \d{{4}}|\d{{2}} tuổi)(?:{_HOME})?(?: ?,)?"
_AGE = rf"(?:{_BORN})?"
_PICTURED = r"(?:bìa )?(?:trái|phải)|giữa|thứ \w+ từ \w+(?: sang)?"
_LEFT_COMMA = re.compile(
    rf"{_SIDE}{_AGE} ?[,–-] ?(?:(?:hiện |đang |hiện nay |hiện đang |khi đó |lúc đó |vốn |cùng |đều |cũng )?(?:là|giữ chức) )?(?:một )?"
    r"(?:(?:nguyên|cựu|tân|quyền|đương kim) (?:là )?)?"
    rf"|{_SIDE}{_AGE} (?:hiện |đang |hiện nay |hiện đang )(?:là|giữ chức(?: vụ)?) |{_SIDE}{_AGE},? (?:nguyên|cựu|tân) ?(?:là )?",
    re.IGNORECASE,
)
_LEFT_BRACKET = re.compile(
    rf" ?\( ?(?:(?:{_BORN}|{_PICTURED}) ?,? ?)?(?:(?:hiện |đang |nay |khi đó |lúc đó |từng |trước đây )?là )?"
    r"(?:(?:nguyên|cựu|tân) (?:là )?)?", re.IGNORECASE,
)
# … over another title: `Lê Đăng Khôi, Phó giám đốc Sở (nguyên |`
_BRACKET = re.compile(
    r" ?\((?:(?P<past>trước đây|khi đó|lúc đó|từng|trước là)|(?P<now>hiện|hiện nay|nay)|nguyên|cựu|kiêm|đồng thời)"
    r"(?: là| làm| giữ chức)? ", re.IGNORECASE,
)
# `Lê Đăng Khôi, Bí thư Huyện ủy | lúc đó, …`, `Bí thư Huyện ủy | lúc đó là ông Khôi`
_THEN = re.compile(r" (?:lúc đó|khi đó|lúc ấy|khi ấy|thời đó|thời điểm đó|lúc bấy giờ|bấy giờ)(?!\w)")
# `Chánh Văn phòng Lê Thu Cúc | bị khiển trách, sau đó chuyển công tác làm …`
_MOVED = re.compile(
    r"[^.;]{0,120}(?<!\w)(?:sau đó|rồi)(?: được| đã| bị)? (?:chuyển|điều động|luân chuyển|điều|về|ra)(?!\w)[^.;]{0,60}(?<!\w)(?:làm|giữ) "
)
# `Trước đó, ông Khôi, Bí thư Huyện ủy, | được bầu giữ chức …`
_BEFORE = re.compile(r"^\W*trước đó(?!\w)|(?<!\w)hồi (?:đầu |giữa |cuối )?(?:tháng|năm)(?!\w)", re.IGNORECASE)
_GIVES = re.compile(
    r"(?:(?!(?<!\w)(?:có|nhiều|nói|cho|việc|ông|bà|yêu cầu|đề nghị)(?!\w))[^.;]){0,200}?(?<!\w)(?:được|bị) (?:[^.;]{0,120} )?"
    r"(?:bầu|bổ nhiệm|điều động|luân chuyển|phân công)(?: [^.;,]{1,60})? (?:làm|giữ|giữ chức) "
)
_MOVES = re.compile(r"(?<!\w)(?:luân chuyển|điều động)(?: (?:và )?(?:bổ nhiệm|phân công))?(?: đối với)?(?: (?:ông|bà|đồng chí))? ?$")
# Honours, ranks and seats go along to the next post
_LASTING = re.compile(
    r"(?:thiếu|trung|thượng|đại) (?:tá|tướng|úy)|ủy viên|đại biểu|giáo sư|phó giáo sư|tiến sĩ|tổng bí thư|thủ tướng|chủ tịch nước",
    re.IGNORECASE,
)
# `Báo cáo với đoàn công tác của Bí thư Thành ủy, | ông Khôi - đại diện …`: two men
_TOLD_TO = re.compile(
    r"^\W*(?:báo cáo|trả lời|trao đổi|phát biểu|trình bày|làm việc)(?!\w)[^.;]{0,60} (?:của|với|trước|tới) $", re.IGNORECASE
)
# Whose words are told: `Theo ông Khôi, Bí thư Huyện ủy | đã chỉ đạo …` is another man
ACCORDING = re.compile(r"(?:^|[.;:“\"] ?)(?:cũng )?(?:theo|với) (?:(?:ông|bà|anh|chị|đồng chí) )?$", re.IGNORECASE)
# `Sau đơn của ông Khôi, | Chủ tịch UBND tỉnh | chỉ đạo …`: two men
_OCCASION = re.compile(
    r"(?:Sau|Trước|Từ|Qua|Căn cứ|Trên cơ sở|Nhận được|Theo|Do)(?!\w)[^,.;]{0,90} của (?:ông|bà|anh|chị|đồng chí) $"
    r"|(?:Đề cập|Nói (?:về|đến)|Nhắc (?:đến|tới|lại)|Liên quan|Bàn về|Đánh giá|Nhận xét)(?!\w)[^,.;]{0,90} (?:ông|bà|anh|chị|đồng chí) $"
)
# … `với Chủ tịch UBND tỉnh, | ông Khôi …`; `do`, `được` have their agent there
_PREPOSITION = re.compile(
    r"(?<!\w)(?:của|với|cho|tới|gửi|gặp|về|trước|thiếu|điện thoại|thay|thay cho)(?: (?:các|những|một số|tân|ngài|nữ))? $"
)
_TAKES = ("đảm trách", "tái cử", "trúng cử", "rời", "rời ghế", "nhận")
_OFFICE_OF = re.compile(
    r"(?:^|[,;:] )(?:(?:khi|sau khi|trước khi|và|trong khi|còn) )?(?:ông|bà|đồng chí|anh|chị) (?:[^\W\d_]+ ){1,5}(?:\([^()]{1,60}\) )?"
    rf"(?:(?:đã|vừa|được|sẽ|bị|tiếp tục) )*{alternation((*listed(_WORDS['verbs']), *_TAKES))}"
    rf"(?: {alternation(listed(_WORDS['office']))})? $"
)
_APART = re.compile(r" ?[,–(-]|$")
_ACTS = re.compile(r" (?:đã |vừa |cũng )?(?:chỉ đạo|yêu cầu|giao|ký|ban hành|quyết định|có văn bản|có công văn|đề nghị|kết luận|"
    r"nói|cho biết|cho rằng|cho hay|khẳng định|nhấn mạnh|thừa nhận|lưu ý)(?!\w)")
_GOES_ON = re.compile(r" (?:đã|sẽ|cũng|vừa|đang|từng|có|không|chưa|vẫn|rất|luôn|phải|cần)(?!\w)")
# Ranks that come before the posts of all in a list: `các đồng chí Ủy viên Bộ Chính trị: Đại tướng A; Phó Thủ tướng B`
_PARTY = re.compile(r"(?:ủy viên|bí thư) (?:dự khuyết )?(?:bộ chính trị|trung ương|ban bí thư|ban chấp hành|bct)")
_GIVEN_OFFICE = re.compile(
    rf"(?<!\w)(?:lên|làm|giữ|là|đảm nhiệm|đảm nhận)(?: các)?(?: {alternation(listed(_WORDS['office']))})*(?: là| làm)?:? $"
)
# `Báo cáo với | Thủ tướng, Bí thư Tỉnh ủy …`, `thừa ủy quyền của | Chủ tịch nước, Bộ trưởng …`: to or for somebody else
_ADDRESSEE = re.compile(
    r"(?:^|[,.;“\"] ?)(?:báo cáo|trả lời|trao đổi|kiến nghị|thừa ủy quyền|được ủy quyền|thay mặt)"
    r"(?: với| trước| của)?(?: đoàn công tác của)? $", re.IGNORECASE,
)
# person → person in one list
_NEXT_PERSON = re.compile(
    rf"{_SIDE} ?(?:,|;| và| cùng| cùng với| với)+(?: (?:và|cùng|với|các))*(?: {_BRIDGE})* ?(?:bí danh )?", re.IGNORECASE
)
_ALIKE = re.compile(r"(?<!\w)(?:đều|cùng) (?:(?:là|nguyên|cựu|từng) )+$")
_SEPARATE = re.compile(r"[^,;]*[,;] ?(?:ông|bà|anh|chị|đồng chí) ")


@dataclass(frozen=True, slots=True)
class Held:
    """A title tied to a person; offsets of the words that state it, in the article."""

    person: str
    title: Title
    sentence: int
    start: int
    end: int
    rule: str
    status: Literal["held", "former"]
    near: bool = False          # nothing but a comma or a form of address between title and name


def attach(line: Line, titles: Sequence[Title], persons: Sequence[Mention], newest_term: int = 0) -> list[Held]:
    """The titles of a line that stand beside the name of their holder; a term over before the newest is a past one."""
    for title in titles:
        term = TERM.search(line.text, title.end, title.end + 34)
        if line.text.startswith(" nhiệm kỳ trước", title.end) or _THEN.match(line.text, title.end):
            title.former = True
        if term and int(term[2]) <= newest_term and re.fullmatch(r"[ ,(]*", line.text[title.end:term.start()]):
            title.former = True
    deputies(line, titles)
    chains = chains_of(line, titles)
    for chain in chains:
        _find_neighbours(line, chain, persons)
    _bracketed(line, chains)
    held: list[Held] = []
    fronted: set[int] = set()          # persons (by start) that have a title before their name
    for chain in chains:
        held += _settle(line, chain, fronted)
    held += list(_shared(line, chains, persons, held))
    held += [one for chain in chains for one in _alike(line, chain, persons)]
    return [_moved(line, one) for one in held]


def _moved(line: Line, held: Held) -> Held:
    """`Trước đó, ông Khôi, Bí thư Huyện ủy, được điều động làm …`: the sentence tells how he left that post."""
    start, end = held.start - line.start, held.end - line.start
    gone = _MOVED.match(line.text, end) or (
        _BEFORE.search(line.text[:start][:80]) and (_GIVES.match(line.text, end) or _MOVES.search(line.text[:start][-60:]))
    )
    if held.status == "former" or not gone or _LASTING.match(held.title.name):
        return held
    return replace(held, status="former", rule="title_moved")


def _find_neighbours(line: Line, chain: Chain, persons: Sequence[Mention]) -> None:
    base, text = line.start, line.text
    index = bisect_left(persons, base + chain.start, key=lambda person: person.start)
    before = persons[max(0, index - 1):index]
    after = persons[bisect_left(persons, base + chain.end, key=lambda person: person.start):][:1]
    if before and before[-1].end <= base + chain.start:
        gap = text[before[-1].end - base:chain.start]
        chain.left_bracket = _LEFT_BRACKET.fullmatch(gap) is not None
        if re.search(r"(?:khi đó|lúc đó|từng|trước đây) là", gap):
            for title in chain.titles:
                title.former = True
        if chain.left_bracket or _LEFT_COMMA.fullmatch(gap) or (gap == " " and chain.titles[0].proper):
            chain.left = before[-1]
        if _ACTS.match(text, chain.end) and _OCCASION.match(text[:before[-1].start - base]):
            chain.left = None
        if _GOES_ON.match(text, chain.end) and ACCORDING.search(text[:before[-1].start - base][-30:]):
            chain.left = None
    if after:
        _look_right(text, chain, after[0], base)
        if chain.right is None and (_several(line, chain) or chain.titles[-1].plural) and _LISTED.match(text, chain.end):
            chain.right, chain.colon = after[0], True    # `các Ủy viên …: Thủ tướng A; Đại tướng B`


def _bracketed(line: Line, chains: Sequence[Chain]) -> None:
    """`ông Khôi, Phó giám đốc Sở Y tế (nguyên Chi cục trưởng …)`: the bracket tells of the same man."""
    for one, other in pairwise(chains):
        aside = _BRACKET.fullmatch(line.text, one.end, other.start)
        if line.text[one.end:other.start] == " (" and line.text.startswith(")", other.end) and one.left and not other.left:
            other.left, other.left_bracket = one.left, True      # `ông Khôi, Chủ tịch UBND huyện (Trưởng ban); bà Cúc …`
        if aside and one.left and not other.left and not other.right_next:
            other.left, other.left_bracket = one.left, True
            one.titles[-1].former |= aside["now"] is not None
            for title in other.titles if aside["past"] else ():
                title.former = True


def _left(text: str, chain: Chain) -> str:
    """The words right before a chain, in lower case."""
    return text[max(0, chain.start - 60):chain.start].lower()


def _look_right(text: str, chain: Chain, person: Mention, base: int) -> None:
    gap = text[chain.end:person.start - base]
    if gap.startswith(", ") and _TOLD_TO.search(text[:chain.start]) and text.startswith((" -", " –", ", ", " ("), person.end - base):
        return
    if _RIGHT_NEXT.fullmatch(gap) and not (chain.titles[-1].plural and " là " in gap):
        chain.right, chain.right_next = person, True
    elif _RIGHT_FOR.fullmatch(gap) and _TAKEN_AWAY.search(_left(text, chain)):
        chain.right, chain.right_next, chain.left = person, True, None
    elif _governed(text, chain, gap, person.end - base):
        return
    elif _RIGHT_DASH.fullmatch(gap) and not _only_next(chain.titles[-1]) and not _told(text, chain, gap):
        chain.right = person
    elif gap == ", " and chain.titles[-1].proper and not chain.left and not text[max(0, chain.start - 9):chain.start].strip(" \"“-–•"):
        chain.right, chain.right_next = person, True      # `Bí thư Huyện đoàn Đồng Phú, Lê Thu Cúc, nói`
    elif _RIGHT_COLON.fullmatch(gap):
        chain.right, chain.colon = person, True
    elif not chain.titles[-1].whole and _RIGHT_WORDS.fullmatch(gap) and not _VERB.search(gap):
        _widen(text, chain.titles[-1], person.start - base)
        chain.right, chain.right_next = person, True


def _governed(text: str, chain: Chain, gap: str, end: int) -> bool:
    """`Theo văn bản của Chủ tịch UBND tỉnh, ông Khôi sẽ …`, `ông Khôi đảm trách Trưởng ban, ông Bền làm …`: the post is told of,
    and another clause begins at the comma; `…, ông Khôi, nói` would be its holder."""
    if not gap.startswith(", "):
        return False
    left = _left(text, chain)
    if _APART.match(text, end):         # `…, ông Bền (em rể ông Khôi) làm Chủ tịch`
        return text.startswith(" (", end) and _OFFICE_OF.search(left) is not None
    return _PREPOSITION.search(left) is not None or _OFFICE_OF.search(left) is not None


def _told(text: str, chain: Chain, gap: str) -> bool:
    """`bầu ông A làm Chủ tịch, các ông B, C …`: the clause before the title has its holder."""
    return "các " in gap or _GIVEN_OFFICE.search(_left(text, chain)) is not None


def _only_next(title: Title) -> bool:
    """`các đại biểu HĐND, ông Khôi …`: no post of his."""
    return title.plural or title.head.lower().startswith("đại biểu")


def _widen(text: str, title: Title, end: int) -> None:
    """The words up to the name belong to the post: `Trưởng Ban Dân nguyện Lê Thu Cúc`."""
    more = text[title.end:end].rstrip()
    title.end += len(more)
    title.tail = f"{title.tail} {more.strip()}".strip()
    title.name = f"{title.name} {more.strip()}"


def _settle(line: Line, chain: Chain, fronted: set[int]) -> Iterator[Held]:
    """Which titles of a chain go to which neighbour."""
    left, right = chain.left, chain.right
    if left and right and not chain.left_bracket:
        cut = _cut(line, chain, left.start in fronted) if chain.right_next else len(chain.titles)
        yield from _give(line, chain.titles[:cut], left, "after")
        yield from _give(line, chain.titles[cut:], right, "before")
        if cut < len(chain.titles):
            fronted.add(right.start)
    elif left:
        yield from _give(line, chain.titles, left, "after")
    elif right:
        titles = chain.titles[-1:] if _high(line, chain) else chain.titles
        yield from _give(line, titles, right, "before")
        fronted.add(right.start)


def _high(line: Line, chain: Chain) -> bool:
    """`theo đề nghị của Bộ trưởng Nội vụ, Thủ tướng Lê Đăng Khôi …`: the minister is somebody else, as the secretary is in
    `Báo cáo với Bí thư Thành ủy, Giám đốc Sở Y tế Lê Thu Cúc …`."""
    if len(chain.titles) == 2 and _ADDRESSEE.search(line.text[max(0, chain.start - 40):chain.start]):
        return True
    last = f"{chain.titles[-1].head} {chain.titles[-1].tail}".lower()
    if len(chain.titles) < 2 or not last.startswith(("thủ tướng", "phó thủ tướng", "chủ tịch nước", "tổng bí thư")):
        return False
    return chain.titles[-2].head.lower() in ("bộ trưởng", "giám đốc", "chủ tịch", "bí thư", "chủ nhiệm", "cục trưởng", "thứ trưởng")


def _cut(line: Line, chain: Chain, claimed: bool) -> int:
    """Where a chain between two names changes hands: at a semicolon or `và`; else before its last title, or, where
    the name on the left has a title in front of it (`claimed`), before the first."""
    for index in range(len(chain.titles) - 1, 0, -1):
        gap = line.text[chain.titles[index - 1].end:chain.titles[index].start]
        if ";" in gap or (not claimed and "và" in gap):
            return index
    return 0 if claimed else len(chain.titles) - 1


def _give(line: Line, titles: Sequence[Title], person: Mention, side: str) -> Iterator[Held]:
    for title in titles:
        start = min(line.start + title.start, person.start)
        end = max(line.start + title.end, person.end)
        gap = line.text[min(title.end, person.end - line.start):max(title.start, person.start - line.start)]
        near = len(gap) < 12 and not (side == "before" and "," in gap)
        status: Literal["held", "former"] = "former" if title.former else "held"
        yield Held(person.name, title, line.position, start, end, f"title_{side}", status, near)


def _shared(line: Line, chains: Sequence[Chain], persons: Sequence[Mention], held: Sequence[Held]) -> Iterator[Held]:
    """`hai phó chủ tịch A và B`, `các Ủy viên …: A; B, chức vụ; C`: one title for all names of a list."""
    titled = {h.person for h in held}
    fronted = {chain.right.start for chain in chains if chain.right and chain.right_next}
    for chain in chains:
        title = chain.titles[-1]
        if chain.right is None or chain.left is chain.right:
            continue
        many = title.plural or any(t.plural for t in chain.titles) or _several(line, chain)
        if not (many or title.shared or (title.former and not chain.right_next)):
            continue
        stops = set() if _PARTY.match(title.name.lower()) else fronted
        for person in _list_after(line, chain, persons, titled, stops, wide=chain.colon and many):
            for one in chain.titles if chain.colon else [title]:
                yield from _give(line, [one], person, "shared")


def _alike(line: Line, chain: Chain, persons: Sequence[Mention]) -> Iterator[Held]:
    """`A, B và C, đều là Phó giám đốc Sở`: the names before the last of the list have the post too."""
    if chain.left is None or not _ALIKE.search(line.text[:chain.start][-24:]):
        return
    last = chain.left
    for person in reversed(persons[:bisect_left(persons, last.start, key=lambda person: person.start)]):
        if not _NEXT_PERSON.fullmatch(line.text, person.end - line.start, last.start - line.start):
            return
        yield from _give(line, chain.titles, person, "shared")
        last = person


def _several(line: Line, chain: Chain) -> bool:
    """`các đồng chí Ủy viên …`, `các ông: Phó chủ tịch A, B`."""
    return re.search(r"(?:các|những)(?: đồng chí| ông| bà| vị)?:? ?$", _left(line.text, chain)) is not None


def _list_after(
    line: Line, chain: Chain, persons: Sequence[Mention], titled: set[str], fronted: set[int], *, wide: bool,
) -> Iterator[Mention]:
    """The further names of the list that begins with the chain's right neighbour; it ends at a `fronted` one."""
    assert chain.right is not None
    last = chain.right
    for person in persons[bisect_right(persons, last.start, key=lambda person: person.start):]:
        gap = line.text[last.end - line.start:person.start - line.start]
        if wide:
            if fronted and person.start in fronted:
                return
            if re.search(r"[.:]", re.sub(r"TP\.|T\.Ư", "", gap)):
                return
        elif not _NEXT_PERSON.fullmatch(gap) or person.name in titled:
            return
        elif not chain.titles[-1].plural and _SEPARATE.match(gap):
            return                 # `Phó Chủ tịch A, ông B`
        yield person
        last = person

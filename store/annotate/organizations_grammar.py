"""The grammar of the names of bodies: a head, then what may follow that kind of head.

Every rule is a function (scan, head, at) → where the name ends, or None for "not my case"; `at` is the end of the head.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from store.annotate.organizations_heads import BOARDS, CONGRESS, other_word
from store.annotate.organizations_lexicon import words
from store.annotate.organizations_scan import Scan, area, field_end, first_word, plain_area
from store.annotate.organizations_tails import lower_tail, named_tail
from store.annotate.places_gazetteer import CAPITAL, LOWER, RUN, gazetteer

__all__ = ["RULES", "body_at"]

_CENTRAL = re.compile(r" (?:[Tt]rung ương|TƯ|TW|T\.Ư)(?: Đảng| Đoàn| Hội)?(?!\w)")
_CENTRAL_PARTY = re.compile(r" (?:[Tt]rung ương|TƯ|TW|T\.Ư) [Đđ]ảng (?:[Cc]ộng sản|[Nn]hân dân [Cc]ách mạng)(?= )")
_CENTRAL_ENDS = ("trung ương", "tư", "tw", "t.ư", "trung ương đảng")
_UNION = re.compile(r" Đoàn(?! (?:đại|kiểm|công|giám|thanh|khảo|Chủ)| [Tt]hanh niên)(?!\w)")
_UNIT = re.compile(r"(?:TP|Tp|[Tt]hành phố|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường)")
_BRACKET = re.compile(rf" \([{CAPITAL}&-]{{2,10}}\)(?= )")
_ROMAN = re.compile(r"[IVX]+")
_MEETING = re.compile(r" (?:[Đđ]ại hội|ĐH|[Kk]ỳ họp)(?!\w| đồng)")
_OFFICE = re.compile(r" [Cc]ơ quan(?= )")
_LEVEL = re.compile(r" (?:[Tt]ối cao|[Cc]ấp cao|[Qq]uân sự(?: [Tt]rung ương)?|khu vực)(?!\w)")
_AT_PLACE = re.compile(r" tại (?:thành phố |TP\.? ?)?")
_NUMBER = re.compile(r" (?:số )?\d{1,4}[A-Z]?(?![\w/.,]*\d)(?!\w)")
_WORD = re.compile(rf" ([{LOWER}]\w*)")
_CODE = re.compile(r" (?:số )?\d{1,4}(?:-[A-Z]\w*/[A-Z]+)?(?!\w)")
_CAPITAL_AFTER = re.compile(rf" (?=[{CAPITAL}])")
_OF_BODY = re.compile(r" (?:liên ngành )?(?:của )")
_DASHED = re.compile(rf" ?[-–] ?(?=[{CAPITAL}])")
_AND_CAPITAL = re.compile(rf" (?:và|&) (?=[{CAPITAL}])")


def fixed(scan: Scan, head: str, at: int) -> int | None:
    """`Quốc hội`, `Chính phủ Nhật Bản`: known by their whole name."""
    if head.lower() not in words().fixed or (head.islower() and head not in words().with_country):
        return None
    if head.lower().endswith(_CENTRAL_ENDS) and (more := _of_union(scan, at)):
        return more
    if head.lower() in words().with_country and at + 1 in scan.places and scan.text.startswith(" ", at):
        name = scan.text[at + 1 : scan.places[at + 1]]
        foreign = not _UNIT.match(name) and gazetteer().level.get(name, "country") == "country"
        return scan.places[at + 1] if foreign else None if head.islower() else at
    if head.islower():
        return None  # `quốc hội Trung Quốc` is a name, `quốc hội` not
    party = _PARTY_NAME.match(scan.text, at) if head.lower().endswith("trung ương đảng") else None
    if party and party.end() in scan.places:
        return scan.places[party.end()]  # `Ban Chấp hành Trung ương Đảng` + ` Lao động Triều Tiên`
    branch = _BRANCH.match(scan.text, at) if head.lower() == "kiểm toán nhà nước" else None
    if branch:
        return branch.end()
    if head in words().brands and at + 1 in scan.places and scan.text.startswith(" ", at):
        return scan.places[at + 1]  # `VNPT Sơn La`
    return at


_PARTY_NAME = re.compile(r" (?:[Cc]ộng sản|[Ll]ao động|[Nn]hân dân(?: [Cc]ách mạng)?) ")
_BRANCH = re.compile(r" (?:[Kk]hu vực|[Cc]huyên ngành) (?:[IVX]+|\d+)[ab]?(?!\w)")


def _of_union(scan: Scan, at: int) -> int | None:
    """`Ban Bí thư Trung ương` + ` Đoàn`, `BCH Trung ương` + ` Hội Nông dân Việt Nam`, ` Đảng Cộng sản Trung Quốc`."""
    union = _UNION.match(scan.text, at)
    if union:
        return union.end()
    head = words().head.match(scan.text, at + 1) if scan.text.startswith((" Hội", " Đảng", " Mặt", " MTTQ"), at) else None
    return body_at(scan, head)[0] if head else None


def area_body(scan: Scan, head: str, at: int) -> int | None:
    """`Tỉnh ủy Gia Lai`, `UBND TP`, `TAND cấp cao tại Hà Nội`."""
    level = _LEVEL.match(scan.text, at)
    if level:
        place = _AT_PLACE.match(scan.text, level.end())
        if place:
            end = plain_area(scan, place.end() - 1, False)
            return end if end >= place.end() else level.end()
        at = level.end()
    number = _NUMBER.match(scan.text, at) if head.lower() in ("quận ủy", "quận đoàn") else None
    if number:
        return number.end()
    if head.lower().endswith("ủy") and scan.text.startswith(" viên", at):
        return None  # `Thành ủy viên` is a post
    end = area(scan, at, unknown=head.lower().endswith("ủy"))
    seat = _AT_PLACE.match(scan.text, end) if end > at and head.lower() in _MISSIONS else None
    if seat and (city := plain_area(scan, seat.end() - 1, False)) >= seat.end():
        return city  # `Tổng lãnh sự quán Mỹ tại TP. HCM`
    if end > at or level:
        return end
    nested = _nested(scan, at)
    return nested if nested else None


_MISSIONS = frozenset({"tổng lãnh sự quán", "lãnh sự quán", "cơ quan thường trú"})  # one country has several


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
    office = _OFFICE.match(scan.text, at) if not head.lower().endswith("khối") else None
    owner = _nested(scan, office.end()) if office else None
    if owner:
        return owner  # `Đảng ủy cơ quan` + ` Bộ Nội vụ`
    if head.lower() in BOARDS:
        return _nested(scan, at)
    meeting = _MEETING.match(scan.text, at) if head.lower() in CONGRESS else None
    if meeting:
        return meeting.end()  # `Đoàn Chủ tịch` + ` Đại hội`
    party = _CENTRAL_PARTY.match(scan.text, at)
    if party and party.end() + 1 in scan.places:
        return scan.places[party.end() + 1]  # `Ban Đối ngoại Trung ương Đảng Nhân dân Cách mạng Lào`
    central = _CENTRAL.match(scan.text, at)
    if central and "khối" not in head.lower():
        return central.end()
    if head.lower().endswith("khối"):
        return lower_tail(scan, at, words().topic_stop)
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
    capital = text[at + 1 : at + 2].isupper()
    found = field_end(text, at + 1)
    if found and not capital and head[0].islower() and area(scan, found) == found:
        return None  # `phòng nội vụ huyện X` is a name, `bộ xây dựng` alone hardly
    if not found and capital:
        acronym = words().acronym.match(text, at + 1)
        found = acronym.end() if acronym else None
    if found and found <= scan.limit(at + 1):
        end = found
        if head.lower() in ("cảnh sát", "kho", "viện", "tổ", "vụ") and not capital:
            return None
        if head == "vụ" and len(text[at:found].split()) < 3:
            return None  # `vụ Công an …`: a case
        end = _more_fields(scan, head, end)
        own = _SUB_NUMBER.match(text, end) if head.lower() in _PARTS else None
        if own:
            return own.end()
    elif (
        capital
        and (head.lower() not in ("bộ", "sở", "ty", "cảnh sát", "vụ") or head == "Vụ" and words().compound_start(text, at + 1))
        and first_word(text, at) not in words().not_a_name
    ):
        tail = named_tail(scan, at)
        if tail is None:
            return None
        end = tail
    else:
        return None
    nested = words().head.match(text, end + 1) if text.startswith(" ", end) else None
    if nested and (nested.group().lower() in _OWNERS or (head.lower() in _PARTS and _whole_body(nested))):
        return body_at(scan, nested)[0] or end
    return area(scan, end)


_SUB_NUMBER = re.compile(r" (?:số|vùng|khu vực) (?:\d{1,3}|[IVX]+)(?![\w/])")   # `Đội Quản lý thị trường số 4`
_OWNERS = frozenset({"công an", "bộ", "sở", "ubnd", "hđnd", "trung ương đoàn"})
_PARTS = frozenset({"phòng", "vụ", "cục", "chi cục", "tổng cục", "đội", "khoa", "ban", "trạm", "đồn", "viện", "bộ phận", "trung tâm"})
_NO_OWNERS = frozenset({"đảng", "hội", "khoa", "ban", "đội", "tổ", "đoàn", "hội đồng", "quỹ", "mặt trận", "thanh tra", "liên minh"})


def _whole_body(head: re.Match[str]) -> bool:
    """Whether a part may belong to what begins there: `Khoa Nội` + ` Bệnh viện …`, `Phòng Tham mưu` + ` Sư đoàn 9`."""
    kinds = words().kinds[head.group().lower()]
    return head.group()[0].isupper() and head.group().lower() not in _NO_OWNERS and "topic" not in kinds


def _more_fields(scan: Scan, head: str, end: int) -> int:
    """`Sở Tài chính - Kế hoạch`, `Cục Quản lý đường bộ và Vận tải`: another field with a capital, after a dash or ` và `."""
    dash = _DASHED.match(scan.text, end)
    other = field_end(scan.text, dash.end()) if dash else None
    if dash and other and other <= scan.limit(end) and not words().head.match(scan.text, dash.end()):
        return other
    if head.lower() in ("bộ", "sở"):
        return end
    more = _AND_CAPITAL.match(scan.text, end)
    found = field_end(scan.text, more.end()) if more else None
    return found or end


def center(scan: Scan, head: str, at: int) -> int | None:
    """`Trung ương Hội` + ` Nông dân Việt Nam`."""
    body = words().general.match(scan.text, at - len("Hội"))
    return body_at(scan, body)[0] if body else None


def agency(scan: Scan, head: str, at: int) -> int | None:
    """`Cơ quan Hợp tác quốc tế` + ` Nhật Bản`: only the country makes it a name."""
    tail = named_tail(scan, at, loose=True) if _CAPITAL_AFTER.match(scan.text, at) else None
    end = area(scan, tail) if tail else at
    return end if gazetteer().level.get(scan.text[scan.last_place(end) : end], "") == "country" else None


def named_body(scan: Scan, head: str, at: int) -> int | None:
    """A name and what may come behind its area: `Trường ĐH Sư phạm Hà Nội 2`, `Hạt Kiểm lâm Sơn Trà - Ngũ Hành Sơn`."""
    end = _named(scan, head, at)
    if end is None or end == at:
        return end
    twin = _TWIN.match(scan.text, end)
    if twin and twin.end() in scan.places and scan.is_place_end(end) and _twin_area(scan, twin.end()):
        end = scan.places[twin.end()]
    number = _ITS_NUMBER.match(scan.text, end)
    return number.end() if number and number.end() <= scan.limit(at) else end


def _twin_area(scan: Scan, at: int) -> bool:
    """`Sơn Trà` - `Ngũ Hành Sơn`, not a country the body lies in, nor an address (`- quận 1`)."""
    return not _UNIT.match(scan.text, at) and gazetteer().level.get(scan.text[at : scan.places[at]], "") not in ("country", "region")


_TWIN = re.compile(r" [-–] ")
_ITS_NUMBER = re.compile(
    r" \d{1,3}[A-Z]?(?=[,;:)”\"]|\.(?!\d)|$| [-–] (?!\d)| \(| (?:và|đã|sẽ|là|cho|vừa|bị|được|tuyển|nhận|cũng|trong)(?!\w))"
)


def _named(scan: Scan, head: str, at: int) -> int | None:
    """`Công ty cổ phần Sao Mai`, `Trường THPT chuyên Lê Lợi`, `Hội Nông dân Việt Nam`: a name of its own must follow."""
    limit = scan.limit(at)
    first = first_word(scan.text, at)
    if first in words().not_before or _ROMAN.fullmatch(first):
        return None
    if first in words().not_a_name and head.lower() in ("hội", "khoa", "trung tâm", "đảng", "viện"):
        return None
    if head.lower() == "trường" and first[:1].isupper() and first not in words().school_words:
        return None  # `dãy Trường Sơn`
    between = words().between.match(scan.text, at)
    start = between.end() if between and between.end() < limit else at
    if head[0].islower() and head in ("tổ chức", "đảng", "mặt trận"):
        return None
    if head.lower() == "đội csgt":
        own = _SUB_NUMBER.match(scan.text, at)
        if whole := own.end() if own else _nested(scan, at):
            return whole  # `Đội CSGT số 3`, `Đội CSGT` + ` Công an quận 5`
    if head.lower() in _SCHOOLS and start + 1 in scan.persons and start > at:
        return area(scan, scan.persons[start + 1])  # `Trường THPT chuyên Lê Hồng Phong`
    if head[0].islower() and _only_place(scan, start):
        return None  # `trung tâm Ninh Kiều`, `trường đại học Mỹ`
    if start + 1 in scan.places and (head[0].isupper() or start > at or head in _SCHOOLS) and scan.text.startswith(" ", start):
        place = scan.text[start + 1 : scan.places[start + 1]]
        if gazetteer().level.get(place, "site") != "country":
            return scan.places[start + 1]  # `Đại học Cần Thơ`, `Tổng công ty Đông Bắc`
    tail = named_tail(
        scan,
        start,
        loose=(
            head.lower()
            in _LOOSE
            and head[0].isupper()
        )
        or head.lower().endswith("công ty"),
    )
    if tail is None:
        nested = area(scan, start) if start > at else at
        return nested if start > at and nested > start else _small_name(scan, head, at)
    end = area(scan, tail)
    friend = _DASHED.match(scan.text, end) if head.lower() == "hội" and end > at else None
    if friend and friend.end() in scan.places:
        return scan.places[friend.end()]  # `Hội Hữu nghị Việt Nam - Lào`
    return end


def _small_name(scan: Scan, head: str, at: int) -> int | None:
    """`Trung tâm quản lý và điều hành vận tải hành khách`: a capital inside the sentence, then nothing but three fields of work or more."""
    if head not in _NAMED_BY_FIELD or at - len(head) < 3:
        return None  # a capital at the start of the sentence shows nothing
    end, count = at, 0
    while (field := words().compound.match(scan.text, end + 1 if not count else _joint_end(scan.text, end))) is not None:
        end, count = field.end(), count + 1
    return area(scan, end) if count > 2 else None


def _joint_end(text: str, at: int) -> int:
    joint = _SMALL_JOINT.match(text, at)
    return joint.end() if joint else len(text)


_SMALL_JOINT = re.compile(r"(?:, | và | )")
_NAMED_BY_FIELD = frozenset({"Trung tâm", "Viện", "Công ty", "Hội", "Quỹ", "Hiệp hội", "Tổng công ty"})


def _only_place(scan: Scan, at: int) -> bool:
    """Whether nothing but a city's or a country's name follows a common noun."""
    run = RUN.match(scan.text, at + 1)
    words_of_run = run.group().split() if run else [""]
    count, level = gazetteer().longest(words_of_run) if run else (0, "")
    return count == len(words_of_run) and level in ("country", "district", "city", "region") or words_of_run[0] in _SHORT_COUNTRIES


def numbered_body(scan: Scan, head: str, at: int) -> int | None:
    """`Quân khu 7`, `Sư đoàn 356`, `Đội 5`: small letters only for units that have nothing but numbers."""
    number = _NUMBER.match(scan.text, at)
    if not number or (head[0].islower() and head.lower() not in words().military):
        return None
    if head.lower() not in words().military and (_WORD.match(scan.text, number.end()) or head.lower() in ("ủy ban", "hội đồng")):
        return None
    arm = _ARM.match(scan.text, number.end())
    if arm:
        return arm.end()  # `Vùng 4 Hải quân`
    nested = words().head.match(scan.text, number.end() + 1) if scan.text.startswith(" ", number.end()) else None
    owned = nested and (nested.group().lower() in words().military | _OWNERS or nested.group().lower() in _COMMANDS)
    return (body_at(scan, nested)[0] if nested and owned else None) or number.end()


_ARM = re.compile(r" (?:Hải quân|Cảnh sát biển)(?!\w)")
_COMMANDS = frozenset({"vùng", "bộ tư lệnh", "bộ chỉ huy quân sự", "binh chủng", "quân chủng"})


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
    return lower_tail(scan, at, words().topic_stop, commas=True)


Rule = Callable[[Scan, str, int], int | None]

RULES: dict[str, Rule] = {
    "fixed": fixed,
    "area": area_body,
    "inner": inner_body,
    "sector": sector_body,
    "named": named_body,
    "numbered": numbered_body,
    "topic": topic_body,
    "center": center,
    "agency": agency,
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


_DEEPEST = 6  # `Ban Thường vụ Đảng ủy Sở … tỉnh …` nests three bodies


def _parse(scan: Scan, head: re.Match[str]) -> tuple[int | None, str]:
    best: tuple[int | None, str] = (None, "")
    text, at = head.group(), head.end()
    if other_word(scan, head):
        return best
    for kind in words().kinds[text.lower()]:
        mark = len(scan.areas)
        end = RULES[kind](scan, text, at)
        if end is not None and end <= scan.limit(head.start()) and (best[0] is None or end > best[0]):
            best = (end, kind)
        else:
            del scan.areas[mark:]
    if "fixed" in words().kinds[text.lower()] and (best[0] is None or text.startswith(_FIXED_PARTS)):
        general = words().general.match(scan.text, head.start())
        other = body_at(scan, general) if general and general.end() < at else best
        return other if best[0] is None or (other[0] or 0) > best[0] else best
    return best


_FIXED_PARTS = ("Tổng cục", "Văn phòng", "Học viện")     # `Tổng cục Chính trị` + ` Bộ Công an`


_LOOSE = frozenset(      # small letters may follow at once, up to a capital or a place: `Tập đoàn điện lực Việt Nam`
    {"công ty", "tổng công ty", "tập đoàn", "trung tâm", "tổ chức", "hội", "tổng hội", "quỹ", "liên đoàn", "liên minh", "liên hiệp",
     "liên hiệp các hội", "liên hiệp các tổ chức", "hiệp hội", "viện", "học viện", "bệnh viện", "ngân hàng", "câu lạc bộ"}
)
_SCHOOLS = frozenset({"trường", "bệnh viện", "học viện", "đại học"})
_SHORT_COUNTRIES = frozenset({"Mỹ", "Nga", "Anh", "Pháp", "Đức", "Úc", "Nhật", "Hàn"})

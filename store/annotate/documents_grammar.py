"""How documents are named: kind and code, kind and number, kind and title."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from store.annotate.places_gazetteer import CAPITAL, LOWER, alternatives, gazetteer, lexicon

__all__ = ["CODE", "RULES", "Found", "kind_of"]

_LETTERS = rf"(?:[{CAPITAL}]{{2,10}}(?: ?\d{{2}})?|[{CAPITAL}]{{1,3}}[rgi])(?!\w)"
CODE = rf"\d{{1,5}}[a-z]?(?: ?/ ?(?:19|20)\d\d)?(?: ?[-/–] ?{_LETTERS}){{1,4}}"
"""`01-CTr/TU`, `102 - QĐ / TW`, `19/2009/QĐ-UBND`, `1142/QĐ-TTg`."""

_YEARS = r"(?:giai đoạn|nhiệm kỳ|5 năm) ?\d{4} ?[-–] ?\d{4}"
_COUNTED = re.compile(
    r" (?:người|cán|lãnh|tổ|khách|đội|sở|bộ|vụ|ông|bà|đại|đồng|triệu|tỷ|tỉ|tháng|ngày(?! \d)|lần|trường|xã|huyện|đảng|thành|nội|"
    r"nhóm|dự|điểm|"
    r"phường|quận|tỉnh|nước|công|trong|giờ|phút|cơ|hình|đề|năm(?! \d{4})|%|vấn|phó|chức|giải|bước|mục|nhiệm|đơn|căn|hộ|khu|km|ha|"
    r"m2|đoàn|cá)"
)
_SURE_AFTER = re.compile(r"(?= (?:của|ngày|về|năm \d{4}|do|quy|có|gửi|đã|được|như)(?!\w)|[,.;:)\"”]|$| \()")
_BODY_BEFORE = re.compile(r"(?:[Ss]ở|[Bb]ộ|[Vv]iện|[Pp]hòng|[Bb]an|[Vv]ụ|[Cc]ục|trưởng|[Hh]ọc viện|[Tt]ạp chí) $")
_YEAR_AFTER = re.compile(r" (?:năm )?(?:19|20)\d\d(?![\d/])")
_NAME_THEN_SMALL = re.compile(rf"và [{LOWER}]")
_VERB = re.compile(
    r"(?<!\w)(?:đã|đang|sẽ|được|là|có|phải|cần|này|cho biết"
    r"|nói|khẳng định|nêu|rằng|vừa|theo|yêu cầu|đưa ra|diễn ra|tại hội nghị)(?!\w)"
)
_ROMAN = r"[IVX]{1,6}"


@dataclass(frozen=True, slots=True)
class Found:
    """A document as found in a line: offsets in the line, kind, number or title."""

    start: int
    end: int
    kind: str
    number: str | None
    title: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    coded: re.Pattern[str]
    numbered: re.Pattern[str]
    with_so: re.Pattern[str]
    three_figures: re.Pattern[str]
    code_alone: re.Pattern[str]
    next_number: re.Pattern[str]
    law: re.Pattern[str]
    law_by_capital: re.Pattern[str]
    alone: re.Pattern[str]
    congress: re.Pattern[str]
    plenum: re.Pattern[str]
    quoted: re.Pattern[str]
    scheme: re.Pattern[str]
    years: re.Pattern[str]
    regulation: re.Pattern[str]
    known: re.Pattern[str]
    convention: re.Pattern[str]
    stops: re.Pattern[str]
    allowed: re.Pattern[str]
    after_comma: re.Pattern[str]
    letters: dict[str, str]


def _any_case(subjects: list[str]) -> list[str]:
    """Subjects as printed: `phòng, chống tham nhũng`, `Phòng chống tham nhũng`, with and without the comma."""
    return sorted({s for subject in subjects for s in (subject, subject.replace(",", ""))})


@cache
def _patterns() -> _Patterns:
    table = lexicon("documents.toml")
    law, titles = table["law"], table["titles"]
    numbered, verbs, titled = table["numbered"], table["needs_number_word"], table["titled"]
    kinds = alternatives({*numbered, *verbs})
    number = r"\d{1,4}(?: ?/ ?(?:19|20)\d\d)?[a-z]?(?![\w%])(?![.,/]\d)"
    return _Patterns(
        coded=re.compile(rf"(?<!\w)({kinds})(?: liên tịch)?(?: số:?)? ({CODE})"),
        numbered=re.compile(rf"(?<!\w)({alternatives(numbered)})(?: số)? ({number})(?: năm (?:19|20)\d\d)?"),
        with_so=re.compile(rf"(?<!\w)({alternatives(verbs)}) số ({number})"),
        three_figures=re.compile(rf"(?<!\w)({alternatives(verbs)}) (\d{{3,5}}(?: ?/ ?(?:19|20)\d\d)?)(?![\w%])(?![.,/]\d)"),
        code_alone=re.compile(
            rf"(?<![\w/-])\d{{1,4}} ?-? ?({'|'.join(sorted(table['code_letters'], key=len, reverse=True))}) ?/ ?(?:TU|TW|TƯ)(?!\w)"
        ),
        next_number=re.compile(rf"(?:, | và |, số | và số )((?:{CODE})|\d{{2,3}}(?= (?:của|về)(?!\w)|[,.;)]| và \d))"),
        law=re.compile(
            rf"(?<!\w)({alternatives(law['heads'])}) (?:[Ss]ửa đổi,? bổ sung một số điều của (?:[Ll]uật )?)?"
            rf"((?:{alternatives(_any_case(law['subjects']))})(?!\w))"
            rf"( \(sửa đổi\)| sửa đổi(?: năm \d{{4}})?)?( năm \d{{4}}| \d{{4}}(?![\d/]))?"
        ),
        law_by_capital=re.compile(
            rf"(?<!\w)({alternatives(law['heads'], either_case=False)}) (?!(?:{alternatives(law['never_after_law'])})(?!\w))"
            rf"([{CAPITAL}][{LOWER}]\w*(?:,? [{LOWER}]\w*){{0,7}})"
        ),
        alone=re.compile(rf"(?<!\w)({alternatives(law['alone'], either_case=False)})(?!\w)( năm \d{{4}}| \d{{4}}(?![\d/]))?"),
        congress=re.compile(
            rf"(?<!\w)([Nn]ghị quyết) ([Đđ]ại hội(?: [Đđ]ại biểu)?(?: toàn quốc)?(?: (?:lần thứ )?{_ROMAN}|"
            rf" (?:lần thứ )?\d{{1,2}}(?!\d))?(?: của)?"
            rf"(?: Đảng bộ(?: (?:TP\.?|[Tt]hành phố|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị xã|[Kk]hối)"
            rf")?(?: [{CAPITAL}]\w*){{0,4}}| [Đđ]ảng)?"
            rf"(?: (?:lần thứ|khóa|nhiệm kỳ) (?:{_ROMAN}|\d{{4}} ?[-–] ?\d{{4}}|\d+))*(?: của Đảng)?)(?!\w)"
        ),
        plenum=re.compile(
            rf"(?<!\w)([Nn]ghị quyết|[Kk]ết luận)(?: (?:Hội nghị|hội nghị))?(?: lần thứ (?:\w+))? ((?:T\.Ư|TƯ|TW|Trung ương)"
            rf"(?: Đảng)? ?(?:lần thứ )?(?:\d{{1,2}}|{_ROMAN})(?!\w)"
            rf"(?: ?\(khóa {_ROMAN}(?:, ?(?:khóa )?{_ROMAN})*\)|,? khóa {_ROMAN})?)"
        ),
        quoted=re.compile(
            rf"(?<!\w)({alternatives({*numbered, *titled, *titles['conventions']})})(?: về)?:? ?([“\"]([^“”\"]{{6,300}})[”\"])"
        ),
        scheme=re.compile(rf"(?<!\w)(Đề án|Đồ án|Chiến lược|đề án|đồ án|chiến lược)(?: về)? (?=[{CAPITAL}{LOWER}])"),
        years=re.compile(
            rf"(?<!\w)([Cc]hương trình|[Kk]ế hoạch|Đề án|Chiến lược|[Qq]uy hoạch|[Đđ]ồ án|[Qq]uyết định(?= phê duyệt)|Tuyên bố)"
            rf" ((?:[^.;:“”\"()\d]){{4,220}}?(?:{_YEARS}|đến (?:năm )?\d{{4}}(?:,? (?:và )?tầm nhìn (?:đến )?(?:năm )?\d{{4}})?"
            rf"|tầm nhìn (?:đến (?:năm )?)?\d{{4}}(?: ?[-–] ?\d{{4}})?))"
        ),
        regulation=re.compile(
            rf"(?<!\w)(Quy chế|Chương trình|Kế hoạch|Quy tắc|Quy định) (?=({alternatives(titles['begins'], either_case=False)})(?!\w))"
        ),
        known=re.compile(
            rf"(?<!\w)([Qq]uy định|[Qq]uy chế|[Pp]háp lệnh)((?: số \d+)?(?: của (?!Đảng về)"
            rf"[^,.;]{{3,60}}?)?(?: về)?(?: việc)? (?:{alternatives(titles['known'])})(?!\w))"
        ),
        convention=re.compile(
            rf"(?<!\w)({alternatives(titles['conventions'])}) ((?:[{CAPITAL}][\w&-]*(?: |(?=[,.;:]|$)|(?= ))|của (?=[{CAPITAL}])|"
            rf"về (?=[{LOWER}{CAPITAL}])|[{LOWER}]+ |[-–] ){{1,20}})"
        ),
        stops=re.compile(rf"(?:{alternatives(titles['stops'], either_case=False)})(?!\w)"),
        allowed=re.compile(rf"(?:{alternatives(titles['allowed'], either_case=False)})(?!\w)"),
        after_comma=re.compile(rf", (?:{alternatives(lexicon('organizations.toml')['topic_after_comma'], either_case=False)})(?!\w)"),
        letters=table["code_letters"],
    )


def kind_of(text: str) -> str:
    """`nghị quyết` → `Nghị quyết`; `BLHS` → `Bộ luật`."""
    if text.startswith("BL"):
        return "Bộ luật"
    return text[0].upper() + text[1:].lower() if text else text


Rule = Callable[[str], Iterator[Found]]


def coded(text: str) -> Iterator[Found]:
    """`Chương trình số 01-CTr/TU`, `Quy định 102 - QĐ / TW`."""
    for m in _patterns().coded.finditer(text):
        yield Found(m.start(), m.end(), kind_of(m.group(1)), _number(m.group(2)), None, "document-code")
        yield from _further(text, m.end(), kind_of(m.group(1)))


def code_alone(text: str) -> Iterator[Found]:
    """`20-CTr/TU` without its kind."""
    for m in _patterns().code_alone.finditer(text):
        yield Found(m.start(), m.end(), _patterns().letters[m.group(1)], _number(m.group()), None, "document-code-alone")


def numbered(text: str) -> Iterator[Found]:
    """`nghị quyết 54`, `Chỉ thị số 19`, `Quyết định 289`; not `chương trình 2 ngày`."""
    table = _patterns()
    for m in table.numbered.finditer(text):
        if not _COUNTED.match(text, m.end()) and not (
            " số " not in m.group() and m.group(1)[0].islower() and kind_of(m.group(1)) in _COMMON and not _SURE_AFTER.match(text, m.end())
        ):
            yield Found(m.start(), m.end(), kind_of(m.group(1)), _number(m.group(2)), None, "document-number")
            yield from _further(text, m.end(), kind_of(m.group(1)))
    for m in table.with_so.finditer(text):
        yield Found(m.start(), m.end(), kind_of(m.group(1)), _number(m.group(2)), None, "document-number")
    for m in table.three_figures.finditer(text):
        if _SURE_AFTER.match(text, m.end()) and not _COUNTED.match(text, m.end()):
            yield Found(m.start(), m.end(), kind_of(m.group(1)), _number(m.group(2)), None, "document-number")


_COMMON = frozenset({"Chương trình", "Quy định", "Kết luận", "Đề án"})


def _further(text: str, at: int, kind: str) -> Iterator[Found]:
    """`Nghị quyết 18 và 19`: the numbers that share the kind."""
    while (m := _patterns().next_number.match(text, at)) is not None:
        yield Found(m.start(1), m.end(1), kind, _number(m.group(1)), None, "document-number-shared")
        at = m.end(1)


def _number(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("–", "-")


def laws(text: str) -> Iterator[Found]:
    """`Luật Phòng, chống tham nhũng`, `Bộ luật Hình sự năm 2015`, `Hiến pháp`."""
    table = _patterns()
    for m in table.law.finditer(text):
        if m.group(1)[0].islower() and m.group(2)[0].islower() and len(m.group(2)) < 9:
            continue  # `luật giá`: hardly a name
        yield Found(m.start(), m.end(), kind_of(m.group(1)), None, m.group(2), "document-law")
    for m in table.law_by_capital.finditer(text):
        title = _title_end(text, m.start(2), m.end())
        if (
            title > m.start(2) + 3
            and gazetteer().longest(m.group(2).split())[1] != "country"
            and not re.match(
                r"(?:sư|gia)"
                r"\b",
                m.group(2),
            )
        ):
            yield Found(m.start(), title, kind_of(m.group(1)), None, text[m.start(2) : title], "document-law-title")
    for m in table.alone.finditer(text):
        yield Found(
            m.start(),
            m.end(),
            kind_of(m.group(1).split()[0]) if m.group(1)[1].islower() else kind_of(m.group(1)),
            None,
            m.group(1),
            "document-name",
        )


def resolutions(text: str) -> Iterator[Found]:
    """`Nghị quyết Đại hội XIII của Đảng`, `Nghị quyết Trung ương 4 khóa XII`."""
    for pattern in (_patterns().congress, _patterns().plenum):
        for m in pattern.finditer(text):
            if (pattern is _patterns().congress and text.startswith(" các cấp", m.end())) or (
                pattern is _patterns().congress and not re.search(rf"{_ROMAN}|Đảng|\d", m.group(2))
            ):
                continue
            yield Found(m.start(), m.end(), kind_of(m.group(1)), None, m.group(2), "document-congress")


def quoted(text: str) -> Iterator[Found]:
    """`Đề án "Thành phố thông minh"`."""
    for m in _patterns().quoted.finditer(text):
        if m.group(3)[0].isupper() and len(m.group(3).split()) > 2:
            yield Found(m.start(), m.end(), kind_of(m.group(1)), None, m.group(3), "document-quoted")


def schemes(text: str) -> Iterator[Found]:
    """`Đề án đô thị thông minh`, `Chiến lược phát triển kinh tế biển`: a capital at the kind or at the title."""
    for m in _patterns().scheme.finditer(text):
        title_at = m.end()
        if _BODY_BEFORE.search(text, max(0, m.start() - 10), m.start()):
            continue  # `Viện Chiến lược …`
        if (m.group(1)[0].islower() and not text[title_at].isupper()) or (
            _at_start(text, m.start())
            and not text[title_at].isupper()
            and m.group(1)[0].isupper()
            and _patterns().stops.match(text, title_at)
        ):
            continue
        end = _title_end(text, title_at, min(len(text), title_at + 200))
        if len(text[title_at:end].split()) > 2 and not text.startswith(("với ", "này "), title_at):
            yield Found(m.start(), end, kind_of(m.group(1)), None, text[title_at:end], "document-title")


def with_years(text: str) -> Iterator[Found]:
    """`Chương trình phối hợp công tác giai đoạn 2017-2021`, `quy hoạch … đến năm 2030, tầm nhìn 2045`."""
    for m in _patterns().years.finditer(text):
        if kind_of(m.group(1)) != "Chương trình" and _BODY_BEFORE.search(text, max(0, m.start() - 10), m.start()):
            continue  # `Sở Kế hoạch và Đầu tư …`
        own = re.search(r"^(?:phối hợp|hợp tác|hành động|mục tiêu|nghiên cứu|tổng thể)", m.group(2))
        proper = m.group(1)[0].isupper() and kind_of(m.group(1)) != "Quy hoạch"     # of cadres for a term: no document
        if (proper or own or _long_run(m)) and not _clause_break(m.group(2)):
            yield Found(m.start(), m.end(), kind_of(m.group(1)), None, m.group(2), "document-years")


def _long_run(m: re.Match[str]) -> bool:
    """`quy hoạch … đến năm 2030`, `quyết định phê duyệt … tầm nhìn đến năm 2045`: named by the year they reach to."""
    return (
        kind_of(m.group(1)) in ("Quy hoạch", "Đồ án", "Quyết định")
        and re.search(r"(?:đến (?:năm )?|tầm nhìn )\d{4}", m.group(2)) is not None
    )


def _clause_break(title: str) -> bool:
    """Whether a verb stands in what should be a title: the words belong to a sentence, not to a name."""
    return (
        _VERB.search(title)
        is not None
    )


def known_titles(text: str) -> Iterator[Found]:
    """`quy định về những điều đảng viên không được làm`, `Quy chế dân chủ ở cơ sở`."""
    for m in _patterns().known.finditer(text):
        yield Found(m.start(), m.end(), kind_of(m.group(1)), None, m.group(2).strip(), "document-known")


def conventions(text: str) -> Iterator[Found]:
    """`Công ước Liên Hợp Quốc về Luật Biển`, `Hiệp định EVFTA`."""
    for m in _patterns().convention.finditer(text):
        end = _title_end(text, m.start(2), m.end())
        year = _YEAR_AFTER.match(text, end)
        end = year.end() if year else end
        title = text[m.start(2) : end]
        named = m.group(1)[0].isupper() and not _at_start(text, m.start()) and len(title.split()) > 1
        if named or re.search(rf"(?:^|của |về |tự do |Biển )[{CAPITAL}]", title):
            yield Found(m.start(), end, kind_of(m.group(1)), None, title, "document-convention")


def regulations(text: str) -> Iterator[Found]:
    """`Quy chế làm việc của Thành ủy`, `Chương trình mục tiêu quốc gia …`: a capital inside the sentence shows a title."""
    for m in _patterns().regulation.finditer(text):
        if _at_start(text, m.start()):
            continue
        end = _title_end(text, m.start(2), min(len(text), m.start(2) + 160))
        if len(text[m.start(2) : end].split()) > 2:
            yield Found(m.start(), end, kind_of(m.group(1)), None, text[m.start(2) : end], "document-title")


def _at_start(text: str, at: int) -> bool:
    return at == 0 or text[max(0, at - 2) : at].strip(" \"“'") in ("", ".", ":", "?", "!")


def _title_end(text: str, start: int, most: int) -> int:
    """Where a title without quotes ends: before a mark or a verb; capitals do not end it."""
    end = start
    word = re.compile(r"TP\.|[\w&/-]+(?:[.,]\d+)*")
    while end < most:
        m = word.match(text, end)
        if not m or m.start() >= most or (_patterns().stops.match(text, end) and not _patterns().allowed.match(text, end)):
            break
        if (
            m.group() == "và"
            and _NAME_THEN_SMALL.match(text, end)
            and text[start:end].split()[-1:]
            and text[start:end].split()[-1][0].isupper()
        ):
            break  # `Kế hoạch hành động Cebu` | `và thảo luận …`
        done = m.end()
        if _patterns().after_comma.match(text, done):
            done += 1
        elif not text.startswith(" ", done):
            return done
        end = done + 1
    return len(text[:end].rstrip())


RULES: tuple[Rule, ...] = (
    coded,
    resolutions,
    numbered,
    conventions,
    laws,
    with_years,
    quoted,
    known_titles,
    schemes,
    regulations,
    code_alone,
)
"""In order of trust; what an earlier rule took is not taken again."""

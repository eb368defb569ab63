"""Documents an article names: codes and numbers of party and state, laws, resolutions of congresses, titled programmes.

Runs first of all kinds, on plain text: what stands in a code or a title is no name of a person. `complete` runs after the bodies are known
and adds who issued a document, when, for which term, and what it is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from store.annotate.documents_grammar import RULES
from store.annotate.documents_numbers import Found
from store.annotate.documents_patterns import patterns
from store.annotate.organizations_names import same_key, stands_for
from store.annotate.page import Line, Page
from store.annotate.places_gazetteer import CAPITAL
from store.annotate.wordtree import alternatives
from store.types import DocumentFact, Mention

__all__ = ["annotate", "complete"]

# A line without any of these names no document; looked for in small letters, then as printed.
_WORTH = re.compile(alternatives((
    "nghị ", "chỉ thị", "quyết ", "quy ", "qui ", "thông t", "thông b", "sắc lệnh", "chương trình", "kế hoạch", "luật", "đề án",
    "đồ án", "kết luận", "công v", "công ư", "công đ", "hiến ", "hiệp ", "hướng dẫn", "tờ trình", "báo cáo", "pháp lệnh", "điều lệ",
    "chiến lược", "tuyên ", "văn ", "cương", "di chúc", "hợp đồng", "giấy ", "biên bản", "bộ quy tắc", "bản ghi", "tài liệu", "lệnh",
    "thỏa thuận ", "thỏa thuận: “", "dự án “", "dự án: “", 'dự án "', "phong trào “", "phong trào: “", 'phong trào "', "vận động “",
    "vận động: “", 'vận động "', "tiêu chí “", 'tiêu chí "', "“dự án ", "“phong trào ", "“cuộc vận", "“bộ tiêu", '"dự án ', '"phong trào ',
    '"cuộc vận', '"bộ tiêu',
), either_case=False))
_WORTH_CAPITALS = re.compile(r"[A-Z]{3}|/T[UWƯ]")
_YEARS_OF = r"(khóa [IVX]{1,6}|(?:nhiệm kỳ|giai đoạn) ?\d{4} ?[-–] ?\d{4})"
_TERM = re.compile(rf",?(?: của [^.,;()]{{2,50}}?)? \(?{_YEARS_OF}")     # `… của Ban Bí thư khóa XI`, `… (khóa XII)`
_IN_TITLE = re.compile(_YEARS_OF)
_ISSUED = re.compile(r",? \(?(?:(?:được |do )[^.,;()]{2,60} )?(?:ký ban hành |ban hành |ký )?(?:ngày |hôm )?")
_ABOUT = re.compile(
    r"(?: \([^)]*\))?(?:,? (?:ngày )?[\d/-]{4,10})?(?: của [^,.;“”\"]{2,80}?)?,? "
    r"(?:(?:về )?[“\"]([^“”\"]+)|về(?: việc)? (.+))"
)
# Where what a numbered document is about ends: `… về trách nhiệm nêu gương của cán bộ, đảng viên` | `, nhất là …`
_ABOUT_END = re.compile(
    rf"[;“”\"(]|(?<!TP)\.|, (?:(?:ngày|do|theo|nhằm|trong|tại|ở|đã|sẽ|ông|bà|nhất là|trước hết|thực tế|vi phạm|mỗi|để|các đơn vị)(?!\w)|"
    rf"[{CAPITAL}])| (?:đã|sẽ|(?<!không )được|yêu cầu|nêu rõ|là|thì|diễn ra)(?!\w)"
)
_ABOUT_WORD = re.compile(r"^(?:của [^,;]*? (?=về ))?về (?:việc )?")
_BY = re.compile(r"(?:,? ngày [\d/.-]+,?| năm \d{4}|,)?(?: được)?(?: \([^)]*\))? của $")


def annotate(page: Page) -> None:
    """Adds a mention and a fact for every document, all forms of one document under its fullest name."""
    found: list[tuple[Line, Found]] = []
    for line in page.lines:
        if _WORTH.search(line.lower) or _WORTH_CAPITALS.search(line.text):
            found += [(line, f) for f in _of_line(line.text)]
    names = _names(page, found)
    facts: dict[str, DocumentFact] = {}
    for line, document in found:
        name = names[(line.position, document.start)]
        page.add("document", document.start + line.start, document.end + line.start, line.position, document.rule, name)
        facts[name] = _richer(facts.get(name), _fact(line, document, name))
    page.documents.extend(facts.values())


def _of_line(text: str) -> list[Found]:
    """The documents of a line; earlier rules win, and of two by the same rule the longer."""
    kept: list[Found] = []
    for rule in RULES:
        for found in rule(text):
            if not any(k.start < found.end and found.start < k.end for k in kept) and not _is_title(text, found, kept):
                kept.append(found)
    return sorted(kept, key=lambda f: f.start)


def _is_title(text: str, found: Found, kept: list[Found]) -> bool:
    """Whether it is only the title of a numbered document before it: `Quyết định 12-QĐ/TW … về Quy chế phối hợp …`."""
    return found.number is None and any(k.number and k.end <= found.start and _TITLE_OF.fullmatch(text, k.end, found.start) for k in kept)


_TITLE_OF = re.compile(
    r"(?:,? (?:ngày )?[\d/.-]{4,10})?,?(?: của [^,.;]{2,80}?)?,? (?:về|ban hành|phê duyệt)(?: việc)?(?: ban hành| phê duyệt|"
    r" thực hiện)?:? ?[“\"']?(?:về )?"
)
_WITH = re.compile(r"(phối hợp|hợp tác)(?!\w)")
_YEARS = re.compile(r"\d{4}")


# -- names -------------------------------------------------------------------------------------------------------------


def _leading(number: str) -> str:
    return re.split(r"[-/]", number)[0].lstrip("0") or "0"


def _printed(document: Found, line: Line) -> str:
    text = " ".join(line.text[document.start : document.end].split())
    if document.rule == "document-law-shared":
        return f"{document.kind} {document.title} năm {text}"
    if document.rule == "document-number-shared" or document.rule == "document-code-alone":
        return f"{document.kind} {text}"
    return text


def _same(a: Found, b: Found) -> bool:
    """Whether two mentions in an article are the same document; the second is the fuller."""
    if a.number and b.number:
        same_kind = a.kind == b.kind or ({a.kind, b.kind} <= {"Quyết định", "Quy định"} and len(a.number) > 4)
        return same_kind and (
            a.number == b.number or (_leading(a.number) == _leading(b.number) and (a.number.isdigit() or b.number.startswith(a.number)))
        )
    if a.number or b.number or not a.title or not b.title:
        return False
    if a.year and b.year and a.year != b.year and a.rule in _LAWS and b.rule in _LAWS:
        return False  # `Bộ luật Hình sự 1999` and `năm 2015`
    if a.kind == b.kind == "Chương trình" and _WITH.match(a.title) and _WITH.match(b.title):
        years, others = _YEARS.findall(a.title), _YEARS.findall(b.title)
        return not years or not others or years == others  # one programme of two partners, told in several ways
    if a.rule == b.rule == "document-resolved" and a.title.split()[:5] == b.title.split()[:5]:
        return True  # a resolution told at different lengths
    words = patterns().stands_for.get(a.title.removeprefix("Hiệp định "))
    if words and words <= frozenset(f"{b.kind} {b.title}".lower().split()):
        return True  # `DOC` and `Tuyên bố về ứng xử của các bên ở Biển Đông`
    one, other = (same_key(_FILLERS.sub("", _PROGRAMME.sub("", f"{d.kind} {d.title}"))) for d in (a, b))
    return (
        one == other
        or stands_for(one, other)
        or stands_for(other, one)
        or (other.startswith(one + " ") and len(one.split()) > 3)
        or one.replace(" ", "") == other.replace(" ", "")
        or _told_otherwise(a, b)
    )


def _told_otherwise(a: Found, b: Found) -> bool:
    """`đề án thu phí đỗ xe` and `Đề án thu phí sử dụng chỗ đỗ xe`: nearly all words of the shorter are the longer's too.

    Half of all words are shared, so that a part of a reform is not the reform; no name or number of the shorter is its own.
    """
    if a.kind != b.kind or a.kind in _TREATIES or {a.rule, b.rule} & _NAMED_ONCE:
        return False
    short, long = sorted((_words(a), _words(b)), key=len)
    own = short.keys() - long.keys()
    shared = len(short) - len(own)
    return (
        len(short) > 4
        and shared >= 0.85 * len(short)
        and 2 * shared >= len(short.keys() | long.keys())
        and not any(short[word] for word in own)
    )


def _words(document: Found) -> dict[str, bool]:
    """The words of kind and title but for small ones, and whether each is a name or a number."""
    words = _WORD.findall(f"{document.kind} {(document.title or '')[:1].lower()}{(document.title or '')[1:]}")[:60]
    return {w.lower(): (w[0].isupper() and i > 1) or w[0].isdigit() for i, w in enumerate(words) if w.lower() not in _SMALL}


_WORD = re.compile(r"\w+(?:[.-]\d+)*")
_SMALL = frozenset(["của", "về", "và", "ở", "tại", "trên", "cho", "đối", "với", "các", "những", "theo", "việc", "năm", "đến", "từ", "một"])
_NAMED_ONCE = frozenset(
    {"document-law", "document-law-shared", "document-law-title", "document-name", "document-convention", "document-congress"}
)


_LAWS = frozenset({"document-law", "document-law-shared"})
_FILLERS = re.compile(r"(?<!\w)(?:của|về|năm|ở|tại) ")  # `Công ước (của) Liên hợp quốc về Luật Biển (năm) 1982`
_PROGRAMME = re.compile(r"(?<=rình )(?:mục tiêu quốc gia )?(?:về )?xây dựng (?=[Nn]ông thôn mới)")  # the same with and without
_ALIAS = re.compile(r" \((?:(?:gọi|viết) tắt là |sau đây gọi (?:tắt )?là |hay |tức )?")
_TREATIES = frozenset({"Công ước", "Hiệp định", "Hiệp ước", "Tuyên bố", "Quy tắc", "Bộ quy tắc"})


def _also_called(found: list[tuple[Line, Found]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """`Đề án phát triển bến cảng (Đề án 47)`, `Công ước … về Luật Biển (UNCLOS)`: the one in brackets is the one before them."""
    for (line, one), (other_line, other) in pairwise(found):
        if line is not other_line or not _ALIAS.fullmatch(line.text, one.end, other.start):
            continue
        closed = line.text[other.end : other.end + 1] in (")", ",")
        akin = one.kind == other.kind or (one.kind in _TREATIES and other.rule == "document-name")
        if closed and akin and not (one.number and other.number):
            yield (line.position, one.start), (line.position, other.start)


def _names(page: Page, found: list[tuple[Line, Found]]) -> dict[tuple[int, int], str]:
    """Each mention's name: the fullest form of the same document in the article."""
    names: dict[tuple[int, int], str] = {}
    ranked = sorted(
        found,
        key=lambda item: (
            -len(item[1].number or ""),
            -len(same_key(item[1].title or "")),
            item[1].start - item[1].end,
            item[0].position,
            item[1].start,
        ),
    )
    chosen: list[tuple[Found, str]] = []
    for line, document in ranked:
        name = next((n for other, n in chosen if _same(document, other)), None)
        if name is None:
            name = _printed(document, line)
            chosen.append((document, name))
        names[(line.position, document.start)] = name
    for one, other in _also_called(found):
        alias, name = names[other], names[one]
        names.update({at: name for at, old in names.items() if old == alias})
    return names


# -- facts -------------------------------------------------------------------------------------------------------------


def _fact(line: Line, document: Found, name: str) -> DocumentFact:
    text = line.text
    term = _TERM.match(text, document.end) or _IN_TITLE.search(text, document.start, document.end)
    title = _ABOUT_WORD.sub("", document.title or "")
    if document.number and (about := _ABOUT.match(text, document.end)):
        title = about.group(1) or _ABOUT_END.split(about.group(2), maxsplit=1)[0]
    return DocumentFact(
        name=name,
        kind=document.kind,
        number=document.number,
        term=_tidy(term.group(1)) if term else None,
        title=title[:300].strip(" ,.") or None,
        rule=document.rule,
    )


def _tidy(term: str) -> str:
    return re.sub(r" ?[-–] ?", "-", term).removeprefix("giai đoạn ").removeprefix("nhiệm kỳ ")


def _richer(old: DocumentFact | None, new: DocumentFact) -> DocumentFact:
    """What two mentions say together; the longer number, the first title and term."""
    if old is None:
        return new
    number = max((old.number or "", new.number or ""), key=len) or None
    return replace(
        old,
        number=number,
        term=old.term or new.term,
        title=old.title or new.title,
        issuer=old.issuer or new.issuer,
        issued=old.issued or new.issued,
    )


def complete(page: Page) -> None:
    """Adds issuers and dates of issue to the facts, once bodies and dates are known."""
    issuers: dict[str, Counter[str]] = {}
    issued: dict[str, str] = {}
    for line in page.lines:
        bodies = page.of("organization", line)
        for mention in page.of("document", line):
            issuer = _issuer(line, mention, bodies)
            if issuer:
                issuers.setdefault(mention.name, Counter())[issuer] += 1
            date = _date(page, line, mention)
            if date:
                issued.setdefault(mention.name, date)
    page.documents[:] = [
        replace(
            fact,
            issuer=issuers[fact.name].most_common(1)[0][0] if fact.name in issuers else fact.issuer,
            issued=issued.get(fact.name, fact.issued),
        )
        for fact in page.documents
    ]


_KIND_THEN = re.compile(r"\w+ \w+(?: số [\w/ -]{1,20})? của ")      # `Nghị quyết của` + `Bộ Chính trị về …`; not `… kinh tế của Đảng bộ`
# `Ban Bí thư (khóa XI) đã` + `ban hành` + `quy định 101`
_HANDS_OUT = re.compile(
    r"(?: \(?khóa [IVX\d]{1,4}\)?,?)?(?: lúc đó)?(?: (?:đã|vừa|cũng|vẫn|mới|sẽ|có|tiếp tục|ngày [\d/-]+))*"
    r" (?:ký |bổ sung |đã )?(?:ban hành|thông qua)(?: thêm)?(?: một số quy định, trong đó có)? (?:dự thảo )?"
)


def _issuer(line: Line, document: Mention, bodies: list[Mention]) -> str | None:
    """`Nghị quyết 54 của Quốc hội`; `Ban Bí thư ban hành Chỉ thị số 41`."""
    for body in bodies:
        if body.start >= document.end and _BY.fullmatch(line.text, document.end - line.start, body.start - line.start):
            return body.name
        if body.end <= document.end and _KIND_THEN.fullmatch(line.text, document.start - line.start, body.start - line.start):
            return body.name
    for body in bodies:
        if body.end <= document.start and _HANDS_OUT.fullmatch(line.text, body.end - line.start, document.start - line.start):
            return body.name
    return None


def _date(page: Page, line: Line, document: Mention) -> str | None:
    """`Quyết định 221-QĐ/TW ngày 27/4/2009`."""
    for date in page.dates:
        if (
            date.sentence == line.position
            and date.start >= document.end
            and date.start - document.end < 80
            and not line.text.startswith(("sáng", "trưa", "chiều", "tối"), date.start - line.start)
            and _ISSUED.fullmatch(line.text, document.end - line.start, date.start - line.start)
        ):
            return date.date
    return None

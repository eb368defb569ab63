"""The patterns of documents, compiled once from store/lexicon/documents.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from store.annotate.places_gazetteer import CAPITAL, LOWER, lexicon
from store.annotate.wordtree import alternatives

__all__ = ["CODE", "ROMAN", "Patterns", "patterns"]

_LETTERS = rf"(?:[{CAPITAL}]{{2,10}}(?: ?\d{{2}})?|[{CAPITAL}]{{1,3}}[rgi])(?!\w)"
CODE = rf"\d{{1,5}}[a-z]?(?: ?/ ?(?:19|20)\d\d)?(?: ?[-/–] ?{_LETTERS}){{1,4}}"
"""`01-CTr/TU`, `102 - QĐ / TW`, `19/2009/QĐ-UBND`, `1142/QĐ-TTg`."""

_YEARS = r"(?:giai đoạn|nhiệm kỳ|5 năm) ?\d{4} ?[-–] ?\d{4}"
_VISION = r"(?:,? (?:và )?(?:tầm nhìn|định hướng)(?: đến)?(?: năm)? ?\d{4})?"
ROMAN = r"[IVX]{1,6}"


@dataclass(frozen=True, slots=True)
class Patterns:
    coded: re.Pattern[str]
    numbered: re.Pattern[str]
    with_so: re.Pattern[str]
    qualified: re.Pattern[str]
    bare_figures: re.Pattern[str]
    code_alone: re.Pattern[str]
    next_number: re.Pattern[str]
    law: re.Pattern[str]
    law_by_capital: re.Pattern[str]
    alone: re.Pattern[str]
    charter: re.Pattern[str]
    congress: re.Pattern[str]
    plenum: re.Pattern[str]
    quoted: re.Pattern[str]
    whole_quoted: re.Pattern[str]
    small_scheme: re.Pattern[str]
    scheme: re.Pattern[str]
    years: re.Pattern[str]
    regulation: re.Pattern[str]
    known: re.Pattern[str]
    resolved: re.Pattern[str]
    by_kind: re.Pattern[str]
    convention: re.Pattern[str]
    programme: re.Pattern[str]
    stops: re.Pattern[str]
    wholes: re.Pattern[str]  # words of two syllables, one of which is a stop: `công trình`
    allowed: re.Pattern[str]
    after_comma: re.Pattern[str]
    and_other: re.Pattern[str]
    no_part: re.Pattern[str]  # what no part of a title begins with: `, trong đó …`, `, Chủ tịch …`
    letters: dict[str, str]
    abbreviated: dict[str, str]
    stands_for: dict[str, frozenset[str]]


def _any_case(subjects: list[str]) -> list[str]:
    """Subjects as printed: `phòng, chống tham nhũng`, `Phòng chống tham nhũng`, with and without the comma."""
    return sorted({s for subject in subjects for s in (subject, subject.replace(",", ""))})


@cache
def patterns() -> Patterns:
    table, organizations = lexicon("documents.toml"), lexicon("organizations.toml")
    law, titles = table["law"], table["titles"]
    numbered, verbs, titled = table["numbered"], table["needs_number_word"], table["titled"]
    heads = [*numbered, *verbs, *titled, *law["heads"]]
    kinds = alternatives({*numbered, *verbs})
    issuers = f"(?:{'|'.join(table['issuers'])})(?!\\w)"
    kinds = f"{kinds}|[Qq]ui (?:định|chế)"  # the spelling of `Tuổi Trẻ`
    number = r"\d{1,4}(?: ?/ ?(?:19|20)\d\d)?[a-z]?(?![\w%])(?![.,/]\d)"
    return Patterns(
        coded=re.compile(rf"(?<!\w)({kinds})(?: liên tịch)?(?: số:?)* ({CODE})"),
        numbered=re.compile(rf"(?<!\w)({alternatives(numbered)})(?: số)? ({number})(?: năm (?:19|20)\d\d)?"),
        with_so=re.compile(rf"(?<!\w)({alternatives(verbs)}) số (\d{{1,5}}(?: ?/ ?(?:19|20)\d\d)?[a-z]?(?![\w%])(?![.,/]\d))"),
        qualified=re.compile(
            rf"(?<!\w)({alternatives([*verbs, *table['needs_number_only'], 'Kết luận', 'Chương trình'])})"
            rf"(?: (?!(?:{'|'.join(table['no_qualifier'])})(?!\w))[{LOWER}{CAPITAL}]\w*){{1,4}} số:? ({CODE}|\d{{1,5}}(?![\w%])(?![.,/]\d))"
        ),
        bare_figures=re.compile(
            rf"(?<!\w)({alternatives(verbs)}|[Qq]ui (?:định|chế)) (\d{{1,5}}(?: ?/ ?(?:19|20)\d\d)?)(?![\w%])(?![.,/]\d)"
        ),
        code_alone=re.compile(
            rf"(?<![\w/-])\d{{1,4}} ?-? ?({'|'.join(sorted(table['code_letters'], key=len, reverse=True))}) ?/ ?(?:TU|TW|TƯ)(?!\w)"
        ),
        next_number=re.compile(rf"(?:, | và |, số | và số )((?:{CODE})|\d{{2,3}}(?= (?:của|về)(?!\w)|[,.;)]| và \d))"),
        law=re.compile(
            rf"(?<!\w)({alternatives(law['heads'])}) (?:[Ss]ửa đổi(?:,? bổ sung)? (?:một số điều|[Đđ]iều \d+)(?: của)? "
            rf"(?:(?:[Ll]uật|[Pp]háp lệnh) )?)?"
            rf"((?:{alternatives(_any_case(law['subjects']))})(?!\w))"
            rf"( \(sửa đổi\)| sửa đổi(?: năm \d{{4}})?)?( năm \d{{4}}| \d{{4}}(?![\d/]))?"
        ),
        law_by_capital=re.compile(
            rf"(?<!\w)({alternatives(law['heads'], either_case=False)}) (?!(?:{alternatives(law['never_after_law'])})(?!\w))"
            rf"([{CAPITAL}][{LOWER}]\w*(?:(?:,?| [-–]) (?:[{LOWER}]\w*|Nhà nước|Việt Nam|Quốc hội|HĐND|UBND|Chính phủ|Internet)){{0,7}})"
        ),
        alone=re.compile(rf"(?<!\w)({alternatives(law['alone'], either_case=False)})(?!\w)( năm \d{{4}}| \d{{4}}(?![\d/]))?"),
        charter=re.compile(
            rf"(?<!\w)(?:([Đđ]iều lệ) (?:của (?=Đảng))?(?:[Đđ]ảng(?! bộ| ủy| viên)|Đoàn|Hội|Công đoàn|Mặt trận|Liên đoàn|Hiệp hội)"
            rf"(?: [{CAPITAL}]\w*(?: (?:gia|sản|nữ|dân|binh|sĩ|văn|báo|niên|quốc|hội)(?!\w))?){{0,6}}"
            rf"|(Di [Cc]húc)(?: thiêng liêng)?(?: của)? (?:Chủ tịch Hồ Chí Minh|Hồ Chí Minh|Hồ Chủ tịch|Bác Hồ|"
            rf"Bác(?= *[,.;)]|$)|(?<=của )Bác))"
            rf"(?!\w)"
        ),
        congress=re.compile(
            rf"(?<!\w)([Nn]ghị quyết) ((?:của )?Đảng bộ (?:TP\.?|[Tt]hành phố|[Tt]ỉnh|[Hh]uyện|[Qq]uận)(?: [{CAPITAL}]\w*){{0,3}}"
            rf"|(?:[Đđ]ại hội|ĐH)(?: [Đđ]ại biểu)?(?: Đoàn)?(?: toàn quốc)?(?: (?:lần (?:thứ )?)?{ROMAN}|"
            rf" (?:lần (?:thứ )?)?\d{{1,2}}(?!\d))?(?: của)?"
            rf"(?: Đảng bộ(?: (?:TP\.?|[Tt]hành phố|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Xx]ã|[Pp]hường|[Tt]hị xã|[Kk]hối)"
            rf")?(?: [{CAPITAL}]\w*){{0,4}}| [Đđ]ảng(?: (?:TP\.?|[Tt]hành phố|[Tt]ỉnh)(?: [{CAPITAL}]\w*){{0,3}})?)?"
            rf"(?: (?:lần(?: thứ)?|khóa|nhiệm kỳ) (?:{ROMAN}|\d{{4}} ?[-–] ?\d{{4}}|\d+))*(?: của Đảng)?)(?!\w)"
        ),
        plenum=re.compile(
            rf"(?<!\w)([Nn]ghị quyết|[Kk]ết luận)(?:(?: của)? [Hh]ội nghị)?(?: lần thứ (?:\w+),?)?(?: (?:Ban [Cc]hấp hành|BCH))?"
            rf" ((?:T\.Ư|TƯ|TW|[Tt]rung ương)"
            rf"(?: Đảng)? ?(?:lần thứ )?(?:\d{{1,2}}|{ROMAN})(?!\w)"
            rf"(?: ?\(khóa {ROMAN}(?:, ?(?:khóa )?{ROMAN})*\)|,? khóa {ROMAN})?)"
        ),
        quoted=re.compile(
            rf"(?<!\w)({alternatives({*numbered, *titled, *titles['conventions'], *titles['quoted']})})"
            rf"(?:(?: mới| của [^,.;:“”\"()]{{3,40}}?)?( về))?:? ?"
            rf"([“\"]([^“”\"]{{6,300}})[”\"])"
        ),
        whole_quoted=re.compile(
            rf"[“\"](({alternatives({*numbered, *titled, *titles['conventions'], *titles['quoted']}, either_case=False)})"
            rf" (?:về|phối hợp|hợp tác|của|ứng xử) [^“”\"]{{6,300}})[”\"]"
        ),
        small_scheme=re.compile(rf"(?<!\w)(đề án) (?=(?:{alternatives(titles['small_begins'], either_case=False)})(?!\w))"),
        scheme=re.compile(rf"(?<!\w)(Đề án|Đồ án|Chiến lược|đề án|đồ án|chiến lược)(?: về)? (?=[{CAPITAL}{LOWER}])"),
        years=re.compile(
            rf"(?<!\w)([Cc]hương trình|[Kk]ế hoạch|Đề án|Chiến lược|chiến lược(?= quốc gia )|[Qq]uy hoạch(?! và)|"
            rf"[Đđ]ồ án|[Qq]uyết định(?= phê duyệt)|Tuyên bố)"
            rf" ((?:[^.;:“”\"()\d]){{4,220}}?(?:{_YEARS}|đến (?:năm )?\d{{4}} và (?:các|những) năm tiếp theo|"
            rf"đến (?:năm )?\d{{4}}|tầm nhìn (?:đến (?:năm )?)?\d{{4}}(?: ?[-–] ?\d{{4}})?){_VISION})"
        ),
        regulation=re.compile(
            rf"(?<!\w)(Quy chế|Chương trình|Kế hoạch|(?<![Bb]ộ )Quy tắc|Quy định) "
            rf"(?=({alternatives(titles['begins'], either_case=False)})(?!\w))"
        ),
        known=re.compile(
            rf"(?<!\w)([Qq]uy định|[Qq]uy chế|[Pp]háp lệnh)((?: số \d+)?(?: của (?:[Tt]rung ương|(?=[{CAPITAL}])(?!Đảng (?:về|và))"
            rf"(?:(?!nói |đã |rất |vừa |Pháp lệnh |Quy chế )[^,.;]){{3,60}}?))?"
            rf"(?: về)?(?: việc)? (?:{alternatives(titles['known'])})(?!\w))"
        ),
        resolved=re.compile(
            rf"(?<!\w)(?:(Nghị quyết|Chỉ thị|Nghị định|Thông tư|Pháp lệnh(?= quy định)|Quyết định(?= của )|"
            rf"(?<=thảo )(?:nghị quyết|nghị định|thông tư|chỉ thị|quy định(?= về | của [{CAPITAL}]))|"
            rf"(?<=qua )nghị quyết|(?<=hành )(?:nghị quyết|chỉ thị)|(?<=hiện )(?:nghị quyết|chỉ thị)|"
            rf"(?<=ban hành )(?:quy định(?= (?:mới )?về | của [{CAPITAL}])|(?:kế hoạch|quy chế)(?= về )|thông báo(?= (?:kết luận )?về ))|"
            rf"(?<=hiện |thảo |khai |theo |Theo )quyết định(?= của [{CAPITAL}])|"
            rf"(?:(?<=hành )|(?<=thảo ))[Qq]uyết định(?= (?:mới )?quy định )|"
            rf"(?:nghị quyết|nghị định|chỉ thị|thông tư)(?= (?:mới )?về | của [{CAPITAL}]| {issuers})) "
            rf"(?:(?:của (?!Đảng(?: và)? (?:về|Nhà)|cơ quan này)|(?={issuers}))"
            rf"(?:(?! và \w+ \w+ của )[^,.;:“”\"()]){{3,70}}? (?=về(?!\w))|kết luận (?=về(?!\w)))?"
            rf"(?=(?:(?:chuyên đề|mới|riêng) (?=về(?!\w)))?(?:{alternatives(titles['resolved'], either_case=False)})(?!\w)))"
        ),
        by_kind=re.compile(
            rf"(?<!\w)(Quy chế|Quy tắc|Cương lĩnh|[Bb]ộ [Qq]uy tắc|Quy định|Chương trình|Tuyên bố|Thỏa thuận) "
            rf"(?!(?:{alternatives(titles['no_title'])})(?!\w))|(?<!\w)(Thỏa thuận|Tuyên bố) (?=về )"
        ),
        convention=re.compile(
            rf"(?<!\w)({alternatives(titles['conventions'])}) ((?:(?!{alternatives(titles['conventions'], either_case=False)})"
            rf"[{CAPITAL}][\w&-]*(?: |(?=[,.;:]|$)|(?= ))|của (?=[{CAPITAL}])|"
            rf"về (?=[{LOWER}{CAPITAL}])|[{LOWER}]+ |[-–] ){{1,20}})"
        ),
        programme=re.compile(rf"(?:{alternatives(titles['programmes'], either_case=False)})(?!\w)[^:]* giai đoạn \d{{4}} ?[-–] ?\d{{4}}"),
        stops=re.compile(rf"(?:{alternatives(titles['stops'], either_case=False)}|tháng \d+)(?!\w)"),
        wholes=re.compile(
            rf"(?:{alternatives([*organizations['compounds'], *organizations['task_words'], *titles['wholes']], either_case=False)})(?!\w)"
        ),
        allowed=re.compile(rf"(?:{alternatives(titles['allowed'], either_case=False)})(?!\w)"),
        after_comma=re.compile(
            rf", (?:{alternatives([*organizations['topic_after_comma'], *titles['after_comma']], either_case=False)})(?!\w)"
        ),
        and_other=re.compile(rf"và (?:{alternatives({*heads, *titles['conventions'], *titles['small_heads']}, either_case=False)})(?!\w)"),
        no_part=re.compile(rf"(?:{alternatives([*titles['no_part'], *titles['small_begins'], *heads])})(?!\w)"),
        letters=table["code_letters"],
        abbreviated=law["abbreviated"],
        stands_for={short: frozenset(words.split()) for short, words in law["stands_for"].items()},
    )

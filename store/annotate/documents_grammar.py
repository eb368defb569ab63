"""How documents are named: kind and title, laws and treaties; and the rules in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.annotate.documents_numbers import Found, Rule, code_alone, coded, kind_of, numbered
from store.annotate.documents_patterns import ROMAN, patterns
from store.annotate.documents_titles import title_end
from store.annotate.places_gazetteer import CAPITAL, LOWER, gazetteer

__all__ = ["RULES"]

_BODY_BEFORE = re.compile(
    r"(?:[Ss]ở|[Bb]ộ|[Vv]iện|[Pp]hòng|[Bb]an|[Vv]ụ|[Cc]ục|trưởng|[Hh]ọc viện|[Tt]ạp chí|[Tt]iểu ban|[Đđ]ối tác|[Đđ]ội|[Tt]ổ|"
    r"[Tt]ài chính [-–]) $"
)
_YEAR_AFTER = re.compile(r" (?:năm )?(?:19|20)\d\d(?![\d/])")
_PAIR_AFTER = re.compile(rf" [-–] (?:[{CAPITAL}]\w+(?: (?=[{CAPITAL}])|(?=\W|$))){{1,3}}")  # `… Việt Nam - Lào`
_VERB = re.compile(
    r"(?<!\w)(?:không còn|và [Bb]áo cáo|bổ sung|đã|đang|sẽ|được|là|có|phải|cần|này|cho biết"
    r"|nói|khẳng định|nêu|rằng|vừa|theo|yêu cầu|đưa ra|diễn ra|tại hội nghị)(?!\w)"
)


def laws(text: str) -> Iterator[Found]:
    """`Luật Phòng, chống tham nhũng`, `Bộ luật Hình sự năm 2015`, `Hiến pháp`."""
    table = patterns()
    for m in table.charter.finditer(text):
        if not _NO_CHARTER.search(text, max(0, m.start() - 15), m.start()):
            kind = kind_of(m.group(1) or m.group(2))
            yield Found(m.start(), m.end(), kind, None, m.group()[len(kind) + 1 :], "document-name")
    for m in table.law.finditer(text):
        if m.group(1) == "luật" and m.group(2)[0].islower() and len(m.group(2)) < 9:
            continue  # `luật giá`: hardly a name
        if m.group(1)[0].islower() and _NO_LAW.search(text, max(0, m.start() - 5), m.start()):
            continue  # `kỷ luật cán bộ, công chức`
        yield Found(m.start(), m.end(), kind_of(m.group(1)), None, m.group(2), "document-law", (m.group(4) or "")[-4:] or None)
        if m.group(4) and (later := _LATER.match(text, m.end())):
            yield Found(later.start(1), later.end(), kind_of(m.group(1)), None, m.group(2), "document-law-shared", later.group(1))
    for m in table.law_by_capital.finditer(text):
        title = title_end(text, m.start(2), m.end())
        if _LAW_FIRM.search(text, max(0, m.start() - 9), m.start()):
            continue  # `Công ty Luật Minh Khuê`, `cử nhân Luật kinh tế`
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
        if text[max(0, m.start() - 9) : m.start()].lower() == "tiểu ban ":
            continue
        words = m.group(1).split()
        kind = table.abbreviated.get(words[0], "Hiệp định") if words[0].isupper() else kind_of(_KIND_OF_NAME.sub(r"\1", m.group(1)))
        yield Found(m.start(), m.end(), kind, None, m.group(1), "document-name")


_NO_CHARTER = re.compile(r"(?:[Tt]iểu ban| năm thực hiện) $")  # a body; `kỷ niệm 50 năm thực hiện Di chúc …`: an anniversary
# `Điều lệ Đảng` → `Điều lệ`, `Luật Hồng Đức` → `Luật`, `Bộ Quy tắc ứng xử …` → `Bộ quy tắc`
_KIND_OF_NAME = re.compile(rf"^(Bộ [Qq]uy tắc|Chương trình|Lời kêu gọi|Luật(?!\w)|Bộ luật|\w+(?: [{LOWER}]\w*)?)\b.*")
_NO_LAW = re.compile(r"(?:[Kk]ỷ|[Pp]háp|[Kk]ỉ) $")
_LAW_FIRM = re.compile(
    r"(?:[Cc]ông ty|TNHH|VP|[Vv]ăn phòng|[Hh]ãng|ĐH|[Đđ]ại học|[Kk]hoa|[Nn]gành|[Nn]hân|[Tt]hạc sĩ|[Tt]iến sĩ|[Vv]iện|-|[Ôô]ng|[Bb]à) $"
)
_LATER = re.compile(r" và (?:năm )?((?:19|20)\d\d)(?![\d/])")  # `Luật Đất đai năm 2003 và 2013`: two laws


def resolutions(text: str) -> Iterator[Found]:
    """`Nghị quyết Đại hội XIII của Đảng`, `Nghị quyết Trung ương 4 khóa XII`."""
    for pattern in (patterns().congress, patterns().plenum):
        for m in pattern.finditer(text):
            if (pattern is patterns().congress and text.startswith(" các cấp", m.end())) or (
                pattern is patterns().congress and not re.search(rf"{ROMAN}|Đảng|\d", m.group(2))
            ):
                continue
            yield Found(m.start(), m.end(), kind_of(m.group(1)), None, m.group(2), "document-congress")


def quoted(text: str) -> Iterator[Found]:
    """`Đề án "Thành phố thông minh"`."""
    for m in patterns().quoted.finditer(text):
        if kind_of(m.group(1)) == "Chương trình" and _EVENING.search(text, max(0, m.start() - 9), m.start()):
            continue  # `Tại chương trình "Đêm nhạc bên sông"`: people come to it
        if text[max(0, m.start() - 8) : m.start()].endswith("đối tác "):
            continue  # `quan hệ đối tác chiến lược "…"`
        if m.group(1)[0].islower() and kind_of(m.group(1)) in _SAYS and not m.group(2):
            continue  # `thanh tra kết luận: "Để xảy ra …"`
        if (m.group(2) or m.group(4)[0].isupper()) and len(m.group(4).split()) > 2:
            yield Found(m.start(), m.end(), kind_of(m.group(1)), None, m.group(4), "document-quoted")


_SAYS = frozenset({"Kết luận", "Quy định", "Báo cáo", "Hướng dẫn", "Tuyên bố", "Nghị quyết", "Chỉ thị", "Thông tư"})


_EVENING = re.compile(r"(?:[Tt]ại|tổ chức|[Dd]ự|trong) $")


def whole_quoted(text: str) -> Iterator[Found]:
    """`"Thỏa thuận về nghề cá ở vịnh Sao"`: kind and title stand in the quotes together."""
    for m in patterns().whole_quoted.finditer(text):
        if _CLAIM.search(m.group(1)):
            continue  # `"Kết luận của Thủ tướng đã …", bà Tâm nói`
        yield Found(m.start(1), m.end(1), kind_of(m.group(2)), None, text[m.end(2) + 1 : m.end(1)], "document-quoted")


_CLAIM = re.compile(r" (?:đã|đang|sẽ|vừa|rất|nói|nêu|nhưng|là(?! ủy)|cần|phải)(?!\w)|, được ")


def small_schemes(text: str) -> Iterator[Found]:
    """`đề án thu hút chuyên gia`, `đề án đô thị thông minh`: small letters, but the title begins as those of schemes do."""
    for m in patterns().small_scheme.finditer(text):
        end = title_end(text, m.end(), min(len(text), m.end() + 160))
        reach = _REACH.match(text, end)
        end = reach.end() if reach else end
        end = end if not (loose := _OF_SOME.search(text, m.end(), end)) else loose.start()
        title = text[m.end() : end]
        wished = _WISHED.search(text, max(0, m.start() - 16), m.start())
        if len(title.split()) > 2 and not (wished or _counted_before(text, m.start()) or _clause_break(title)):
            yield Found(m.start(), end, kind_of(m.group(1)), None, title, "document-scheme")


_WISHED = re.compile(r"(?:phải|cần|nên|chưa|chưa hề|không) (?:có|xây dựng|lập) $")  # `phải có đề án luân chuyển …`: none yet
_REACH = re.compile(r"(?:, tiến tới [^.,;]{4,80}?)? (?:vào|từ|đến) năm \d{4}")
_OF_SOME = re.compile(r" (?:của|do|với) (?:một|các|những|nhiều)(?!\w)")  # `… của một công ty`: no more of the title
_COUNT_BEFORE = re.compile(r"(?<!\w)(?:[Cc]ác|[Nn]hững|[Nn]hiều|mỗi|từng|một số|hai|ba|bốn|\d+) $")


def _counted_before(text: str, at: int) -> bool:
    """Whether schemes are meant in general: `các đề án phát triển …`."""
    return _COUNT_BEFORE.search(text, max(0, at - 8), at) is not None


def schemes(text: str) -> Iterator[Found]:
    """`Đề án đô thị thông minh`, `Chiến lược phát triển kinh tế biển`: a capital at the kind or at the title."""
    for m in patterns().scheme.finditer(text):
        title_at = m.end()
        if _BODY_BEFORE.search(text, max(0, m.start() - 12), m.start()) or _IN_A_BODY.search(text, max(0, m.start() - 40), m.start()):
            continue  # `Viện Chiến lược …`, `Trung tâm Tương lai Chiến lược …`, `quan hệ đối tác chiến lược Việt - Pháp`
        if (m.group(1)[0].islower() and not text[title_at].isupper()) or (
            _at_start(text, m.start())
            and not text[title_at].isupper()
            and m.group(1)[0].isupper()
            and patterns().stops.match(text, title_at)
        ):
            continue
        end = title_end(text, title_at, min(len(text), title_at + 200))
        if len(text[title_at:end].split()) > 2 and not text.startswith(("với ", "này ", "những ", "các ", "và ", "do ", "của "), title_at):
            yield Found(m.start(), end, kind_of(m.group(1)), None, text[title_at:end], "document-title")


_IN_A_BODY = re.compile(r"\b(?:Trung tâm|Viện|Học viện|Hội đồng|Ủy ban|Vụ|Cục)(?: [^\W\d_]+){0,4} $")
_ITS_MEANS = re.compile(r"(?:hành động|phối hợp|hợp tác) với (?:các|những|nhiều)(?!\w)")


def with_years(text: str) -> Iterator[Found]:
    """`Chương trình phối hợp công tác giai đoạn 2017-2021`, `quy hoạch … đến năm 2030, tầm nhìn 2045`."""
    for m in patterns().years.finditer(text):
        if kind_of(m.group(1)) != "Chương trình" and _BODY_BEFORE.search(text, max(0, m.start() - 12), m.start()):
            continue  # `Sở Kế hoạch và Đầu tư …`
        own = re.search(
            r"^(?:phối hợp|hợp tác|hành động|mục tiêu|nghiên cứu|tổng thể|đầu tư công|tài chính 5 năm|sử dụng đất)(?!\w)", m.group(2)
        )
        proper = m.group(1)[0].isupper() and kind_of(m.group(1)) != "Quy hoạch"     # of cadres for a term: no document
        inner = _last_kind(m.group(2))
        if _ITS_MEANS.match(m.group(2)):
            continue  # `chương trình hành động với các giải pháp …`: no title
        if inner:
            at = m.start(2) + inner.start(1)
            if not _clause_break(text[at : m.end()]):
                yield Found(at, m.end(), kind_of(inner.group(1)), None, text[m.start(2) + inner.end() : m.end()], "document-years")
        elif (proper or own or _long_run(m) or _small_programme(text, m)) and not _clause_break(m.group(2)):
            yield Found(m.start(), m.end(), kind_of(m.group(1)), None, m.group(2), "document-years")


def _last_kind(title: str) -> re.Match[str] | None:
    """`Chiến lược biển, …, ban hành nghị quyết mới về Chiến lược biển … đến năm 2030`: the second is meant."""
    found = None
    for match in _INNER_KIND.finditer(title):
        found = match
    return found


_INNER_KIND = re.compile(r"(?:, |về |hiện |hành )(Chiến lược|Đề án|Quy hoạch|Đồ án|Kế hoạch|Chương trình) ")


def _long_run(m: re.Match[str]) -> bool:
    """`quy hoạch … đến năm 2030`, `quyết định phê duyệt … tầm nhìn đến năm 2045`: named by the year they reach to."""
    return (
        kind_of(m.group(1)) in ("Quy hoạch", "Đồ án", "Quyết định")
        and re.search(r"(?:đến (?:năm )?|tầm nhìn )\d{4}", m.group(2)) is not None
    )


def _small_programme(text: str, m: re.Match[str]) -> bool:
    """`chương trình sữa học đường giai đoạn 2018-2020`, `chiến lược quốc gia về dinh dưỡng giai đoạn …`; not `các chương trình …`."""
    small = m.group(1) in ("chương trình", "chiến lược") and not _counted_before(text, m.start())
    small = small and text[max(0, m.start() - 9) : m.start()] != "quyết về "
    return small and patterns().programme.match(m.group(2)) is not None


def _clause_break(title: str) -> bool:
    """Whether a verb stands in what should be a title: the words belong to a sentence, not to a name."""
    return _VERB.search(title.removesuffix("năm tiếp theo")) is not None


def known_titles(text: str) -> Iterator[Found]:
    """`quy định về những điều đảng viên không được làm`, `Quy chế dân chủ ở cơ sở`."""
    for m in patterns().known.finditer(text):
        if "dân chủ" in m.group() and " của " in m.group():
            continue  # `quy định của pháp luật trên tinh thần dân chủ`
        end = title_end(text, m.end() + 1, min(len(text), m.end() + 80)) if _ITS_CADRES.match(text, m.end()) else m.end()
        yield Found(m.start(), end, kind_of(m.group(1)), None, text[m.start(2) : end].strip(), "document-known")


_ITS_CADRES = re.compile(r" (?:của )?(?:cán bộ|lãnh đạo|[Đđ]ảng viên|người đứng đầu)(?!\w)")  # `… về luân chuyển cán bộ` + `lãnh đạo`


def resolved(text: str) -> Iterator[Found]:
    """`Nghị quyết về cơ chế đặc thù …`, `dự thảo nghị quyết về việc dừng dự án …`: named by what they decide."""
    for m in patterns().resolved.finditer(text):
        start = m.end()
        end = title_end(text, start, min(len(text), start + 220), _WHAT.match(text, start))
        vision = _VISION.match(text, end)
        end = vision.end() if vision else end
        opens = m.group(1) == "Quyết định" and _at_start(text, m.start())
        opens = opens or (m.group(1)[0].islower() and _in_general(text, m.start()))
        if len(text[start:end].split()) > 4 and not opens and not _TOO_COMMON.match(text, start):
            yield Found(m.start(), end, kind_of(m.group(1)), None, text[start:end], "document-resolved")


def _in_general(text: str, at: int) -> bool:
    """`các nghị quyết về …`, `chủ trương, nghị quyết của … về …`: several are meant."""
    return _counted_before(text, at) or text[max(0, at - 2) : at] == ", "


_VISION = re.compile(r",? (?:và )?tầm nhìn (?:đến )?(?:năm )?\d{4}")
_WHAT = re.compile(
    r"(?:(?:chuyên đề|mới|riêng) )?(?:về việc|về|quy định(?: về)?|công nhận|thông qua|phê duyệt|điều chỉnh|sửa đổi(?:, bổ sung)?|"
    r"thành lập|cho phép|ban hành|hỗ trợ|phê chuẩn|phân bổ|sáp nhập|thí điểm|đặt tên)(?= \w)"
)
_TOO_COMMON = re.compile(
    r"(?:(?:chuyên đề |mới |riêng )?về (?:công tác (?:cán bộ|nhân sự|này|tổ chức)|nội dung|vấn đề|việc (?:này|nêu trên|trên|để|bổ nhiệm|"
    r"điều động|phân công|chuẩn y|nghỉ|kỷ luật|cho thôi|thôi|cách chức|giao|thi hành|xử lý|xác minh|ông|bà|tham gia|tiếp nhận|kiểm tra|"
    r"khai trừ|luân chuyển|chỉ định)|kỷ luật|bổ nhiệm|nhân sự|cán bộ|kết quả|kết luận|kỳ họp|kế hoạch kiểm tra|"
    r"đơn từ|điều động|phân công|chuẩn y|luân chuyển|chỉ định|nghỉ hưu|xử lý|thi hành)|"
    r"thông qua (?:các|những|danh mục)|thành lập (?:đoàn|tổ|ban)|công nhận kết quả|"
    r"(?:về )?(?:việc )?(?:phê chuẩn (?:việc|kết quả)|xác nhận kết quả bầu|miễn nhiệm|bãi nhiệm|bầu)|"
    r"quy định (?:rõ|có|cụ thể|rằng|về việc này)|điều chỉnh công tác)(?!\w)"
)


def by_kind(text: str) -> Iterator[Found]:
    """`Quy chế cán bộ Đoàn`, `Cương lĩnh xây dựng đất nước …`: a capital inside the sentence and a title of two words or more."""
    for m in patterns().by_kind.finditer(text):
        kind = m.group(1) or m.group(2)
        rules = kind.lower() == "bộ quy tắc"
        if (_at_start(text, m.start()) and not rules) or _BODY_BEFORE.search(text, max(0, m.start() - 12), m.start()):
            continue
        if kind[0].islower() and _counted_before(text, m.start()):
            continue  # `hai bộ quy tắc ứng xử`
        end = title_end(text, m.end(), min(len(text), m.end() + 160))
        if len(text[m.end() : end].split()) > (2 if kind in _LOOSE else 1):
            yield Found(m.start(), end, kind_of(kind), None, text[m.end() : end], "document-title")


_LOOSE = frozenset({"Quy định", "Chương trình", "Tuyên bố", "Thỏa thuận"})  # everyday nouns: a longer title must follow


def conventions(text: str) -> Iterator[Found]:
    """`Công ước Liên Hợp Quốc về Luật Biển`, `Hiệp định EVFTA`."""
    for m in patterns().convention.finditer(text):
        about = "về " in m.group(2)  # `về tăng cường hữu nghị, hợp tác`: such a title may hold commas
        most = _next_treaty(text, m.start(2), min(len(text), m.end() + 100)) if about else m.end()
        end = title_end(text, m.start(2), most)
        pair = _PAIR_AFTER.match(text, end) if about else None
        end = pair.end() if pair else end
        year = _YEAR_AFTER.match(text, end)
        end = year.end() if year else end
        title = text[m.start(2) : end]
        if _counted_before(text, m.start()) or _VAGUE.match(title):
            continue
        named = m.group(1)[0].isupper() and not _at_start(text, m.start()) and len(title.split()) > 1
        if named or re.search(rf"(?:^|của |về |tự do |Biển )[{CAPITAL}]", title):
            yield Found(m.start(), end, kind_of(m.group(1)), None, title, "document-convention")


_VAGUE = re.compile(r"(?:cùng|với|quan trọng|song phương|đa phương|quốc tế|khác|này|mới)(?!\w)")


def _next_treaty(text: str, start: int, most: int) -> int:
    """Where the next treaty begins, before which a title ends: `Tuyên bố chung về … và Bản ghi nhớ về …`."""
    return next((m.start() for m in _TREATY.finditer(text, start, most)), most)


_TREATY = re.compile(r"(?: (?:và|hay|cùng))? (?:Tuyên bố|Công ước|Hiệp định|Hiệp ước|Nghị định thư|Bản ghi nhớ|Thỏa thuận) ")


def regulations(text: str) -> Iterator[Found]:
    """`Quy chế làm việc của Thành ủy`, `Chương trình mục tiêu quốc gia …`: a capital inside the sentence shows a title."""
    for m in patterns().regulation.finditer(text):
        if _at_start(text, m.start()):
            continue
        end = title_end(text, m.start(2), min(len(text), m.start(2) + 160))
        if len(text[m.start(2) : end].split()) > 2:
            yield Found(m.start(), end, kind_of(m.group(1)), None, text[m.start(2) : end], "document-title")


def _at_start(text: str, at: int) -> bool:
    return at == 0 or text[max(0, at - 2) : at].strip(" \"“'") in ("", ".", ":", "?", "!")


RULES: tuple[Rule, ...] = (
    coded,
    resolutions,
    numbered,
    conventions,
    laws,
    with_years,
    quoted,
    whole_quoted,
    known_titles,
    schemes,
    resolved,
    small_schemes,
    regulations,
    by_kind,
    code_alone,
)
"""In order of trust; what an earlier rule took is not taken again."""

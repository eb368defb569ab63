"""Where the title of a document ends when no quotes hold it: `Đề án thu hút bác sĩ, nhà khoa học` | `được duyệt`."""

from __future__ import annotations

import re

from store.annotate.documents_patterns import patterns
from store.annotate.places_gazetteer import CAPITAL, LOWER

__all__ = ["title_end"]

_WORD = re.compile(r"TP\.(?! (?:Bí thư|Chủ tịch|Phó|Ông|Bà|Theo|Tại|Sau|Trong|Trước|Đây|Các|Với|Tuy) )|[\w&/-]+(?:[.,]\d+)*")
_NAME_THEN_SMALL = re.compile(rf"và (?!(?:xã|phường|thị trấn|huyện|quận|tỉnh|thành phố) [{CAPITAL}\d])[{LOWER}]")
# Capitals that are no name: `học sinh THCS và nhà trẻ`; after `TP. HCM và …` something else begins.
_TRADE = re.compile(rf"(?!UBND|HĐND|HCM|TP|TW|TƯ|ĐBQH)[{CAPITAL}]{{2,5}}")
# What is left hanging when a title is cut: `Đề án hợp nhất và` | `triển khai …`, `Quy tắc ứng xử dành` | `cho khách`.
_HANGING = re.compile(
    r"(?: (?:và|hoặc|của|cùng|với|về|đối|dành|trong|tại|giữa|đến|các|những|một|gắn|bằng|tiếp|nhất|thuộc|qua|vì))+$"
)
# `các quận Sông Trà` | `, Bắc Sông Trà, Nam Sông Trà` | `;`
_NAMES_AFTER = re.compile(
    rf"(?:, (?:[{CAPITAL}]\w*(?: [{CAPITAL}]\w*)+|quận \d+|[{CAPITAL}]\w+(?=[,.;]| và )))+(?=[.;)]|,? và [{CAPITAL}]|$)"
)
_DASH = re.compile(rf" [-–] (?=[{LOWER}])(?!(?:một trong|đây|trong đó|theo|nơi|vốn|điều)(?!\w))")
_PART = 7       # words between two commas of a title, at most
_AHEAD = 120    # characters that are looked through for the `và` of an enumeration, and back for the phrase in front
# `Theo đề án phát triển bến cảng, …`: the comma ends the phrase in front of the sentence.
_FRONTED = re.compile(
    r"(?:.*[.:] )?(?:Theo|Với|Trong|Tại|Về|Thực hiện|Sau|Từ|Để|Khi|Nhằm|Căn cứ|Qua|Cùng với|Bên cạnh|Đối với|Liên quan)(?!\w)[^,;]*"
)


def title_end(text: str, start: int, most: int, opening: re.Match[str] | None = None) -> int:
    """Ends before a mark or a verb; capitals do not end a title. What opens it is taken as it is."""
    end = opening.end() + 1 if opening else start
    if opening and not text.startswith(" ", opening.end()):
        return opening.end()
    begin = end
    fronted: bool | None = None
    while end < most:
        m = _step(text, end) or (_WORD.match(text, end) if opening and end == opening.end() + 1 else None)
        if not m or m.start() >= most or (m.group() == "và" and _begins_other(text, start, end)):
            break
        done = m.end()
        if text.startswith(",", done):
            if names := _NAMES_AFTER.match(text, done) if text[m.start()].isupper() else None:
                done = names.end()
            elif patterns().after_comma.match(text, done) or _goes_on(text, begin, done):
                done += 1
            else:
                fronted = _FRONTED.fullmatch(text, max(0, start - _AHEAD), start) is not None if fronted is None else fronted
                small_after_name = text[m.start()].isupper() and text[done + 2 : done + 3].islower()
                done += not (fronted or small_after_name or text[done - 1].isdigit()) and _joined_later(text, done)
        elif dash := _DASH.match(text, done):
            done = dash.end() - 1
        if not text.startswith(" ", done):
            return done
        end = done + 1
    return start + len(_HANGING.sub("", text[start:end].rstrip(" ,-–")).rstrip(" ,-–"))


def _step(text: str, at: int) -> re.Match[str] | None:
    """The next word of a title, two syllables where they belong together; None before a mark or a word that ends titles."""
    table = patterns()
    if whole := table.wholes.match(text, at):
        return whole
    if table.stops.match(text, at) and not table.allowed.match(text, at):
        return None
    return _WORD.match(text, at)


def _begins_other(text: str, start: int, at: int) -> bool:
    """`Kế hoạch hành động Cebu` | `và thảo luận …`, `Nghị quyết về cảng cạn` | `và Nghị quyết về …`."""
    if patterns().and_other.match(text, at):
        return True
    before = (text[start:at].split() or [""])[-1]
    return before[:1].isupper() and not _TRADE.fullmatch(before) and _NAME_THEN_SMALL.match(text, at) is not None


def _goes_on(text: str, start: int, comma: int) -> bool:
    """`Đề án chặt hạ` | `, thay thế cây xanh`: two syllables are no title yet; `khu công nghiệp` | `, khu chế xuất`: the same head."""
    head = _WORD.match(text, comma + 2)
    before = text[start:comma].split()
    return head is not None and head.group()[0].islower() and (len(before) < 3 or head.group() in {*before[-4:-1]} - _SMALL_WORDS)


_SMALL_WORDS = frozenset({"ở", "của", "về", "tại", "trong", "và", "cho", "với", "từ", "đến", "các", "những"})


def _joined_later(text: str, comma: int) -> bool:
    """`chính sách tiền lương, bảo hiểm xã hội và trợ cấp`: short parts, of which the last follows `và`, are one enumeration."""
    table, at = patterns(), comma + 2
    if table.no_part.match(text, at):
        return False
    words = 0
    while at < comma + _AHEAD and words < _PART and (m := _step(text, at)) is not None:
        if m.group() == "và":
            return words > 0
        words += 1
        if text.startswith(", ", m.end()):
            words, at = 0, m.end() + 2
            if table.no_part.match(text, at):
                return False
        elif text.startswith(" ", m.end()):
            at = m.end() + 1
        else:
            return False
    return False

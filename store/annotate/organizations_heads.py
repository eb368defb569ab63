"""When a head begins no body: it is the end of another word, part of a post, or of something else that sounds alike."""

from __future__ import annotations

import re

from store.annotate.organizations_lexicon import words
from store.annotate.organizations_scan import Scan

__all__ = ["BOARDS", "CONGRESS", "other_word"]


def other_word(scan: Scan, head: re.Match[str]) -> bool:
    """Whether the head is the end of another word or part of a post: `chức vụ`, `đại hội`, `Phó Bí thư Thường trực`."""
    text, at = head.group(), head.start()
    small = text.lower()
    if text == "thường trực" and not _STANDING_OF.match(scan.text, head.end()):
        return True
    if small in _STANDING or small == "thường vụ":
        before = _BEFORE.search(scan.text, max(0, at - 12), at)
        if before and before.group(1).lower() in words().title_before:
            return not scan.text.startswith(" Bộ Chính trị", head.end())      # `Ủy viên Thường vụ Bộ Chính trị` of China
        return small == "thường trực" and scan.text.startswith((" Ban Bí", " Ban bí"), head.end())
    if small == "phòng" and _AGAINST.match(scan.text, head.end()):
        return True
    if small in BOARDS:
        return _ON_BOARD.search(scan.text, max(0, at - 12), at) is not None
    if small == "chính phủ":
        return _PRIME.search(scan.text, max(0, at - 12), at) is not None
    if not text[0].islower() or small not in words().not_after:
        return False
    before = _BEFORE.search(scan.text, max(0, at - 12), at)
    return before is not None and before.group(1).lower() in words().not_after[small] and not (small == "ban" and _titled_ban(scan, head))


def _titled_ban(scan: Scan, head: re.Match[str]) -> bool:
    """`Trưởng ban Tổ chức`: the body is the Ban."""
    return scan.text[head.end() : head.end() + 2].strip().isupper()


_STANDING = frozenset({"thường trực", "ban thường trực"})
_STANDING_OF = re.compile(
    r" (?:[Tt]hành|[Tt]ỉnh|[Hh]uyện|[Qq]uận|[Tt]hị) ủy(?! viên)"
    r"| (?:HĐND|UBND|Đảng ủy)(?= (?:tỉnh|TP|thành phố|huyện|quận|xã|phường|[A-ZĐ]))"
)
_BEFORE = re.compile(r"(\w+) $")
_AGAINST = re.compile(r",? [Cc]hống(?!\w)")      # `Luật Phòng, chống tham nhũng`
BOARDS = frozenset({"hội đồng thành viên", "hội đồng quản trị", "hđtv", "hđqt", "ban giám đốc"})
CONGRESS = frozenset({"đoàn chủ tịch", "đoàn thư ký", "ban thẩm tra tư cách đại biểu"})
_ON_BOARD = re.compile(r"(?:tịch|viên|thư ký|trưởng) $")       # `Chủ tịch HĐQT Công ty Sao Mai` presides over the company
_PRIME = re.compile(r"[Tt]hủ tướng $")

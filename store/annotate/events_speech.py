"""Who speaks in a sentence: by name (`bà A nhấn mạnh`), behind a post (`ông A, Giám đốc Sở X, cho biết`), by the post
alone (`Bí thư Thành ủy yêu cầu`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from store.annotate.events_heads import WORDS, any_of
from store.annotate.events_scene import Scene
from store.annotate.page import Line
from store.text import fold
from store.types import Mention

__all__ = ["AT_EVENT", "EVENT_WORD", "holder", "speaking"]

EVENT_WORD = (r"(?:hội\s+nghị|buổi|lễ|phiên|kỳ\s+họp|cuộc|đại\s+hội|hội\s+thảo|tọa\s+đàm|chuyến|họp\s+báo|diễn\s+đàn|"
              r"chương\s+trình(?!\s+(?:hành|mục|công|nghị|phát|giám|số|khung|giáo)\b))")
AT_EVENT = re.compile(
    rf"\b(?:tại|trong|dự|(?:phát\s+biểu|(?:báo|thông)\s+(?:cáo|báo)|trình\s+bày)\s+trước|"
    rf"kết\s+luận|chỉ\s+đạo|bế\s+mạc|khai\s+mạc)\s+{EVENT_WORD}", re.IGNORECASE)
_SPEECH = any_of(WORDS["speech"]["verbs"])
_WEAK = any_of(WORDS["speech"]["weak"])
_AIDS = any_of(WORDS["speech"]["aids"])
# `tại lễ phát động`, `kết quả bầu bổ sung`, `từ chối trả lời`: no speech of theirs.
_NOUN_BEFORE = "".join(rf"(?<!\b{word}\s)" for word in (
    "lễ", "buổi", "cuộc", "phiên", "bản", "bài", "việc", "sự", "bầu", "chối", "ban", "Ban", "công tác", "trước khi"))
_DOES = rf"\s*{_NOUN_BEFORE}(?:(?:{_AIDS})\s+)*(?:{_SPEECH}|(?P<weak>{_WEAK}))\b"
_THERE = r"(?:\s+(?:tại|trong)\s+(?:đây|cuộc|buổi|phiên|hội\s+nghị|kỳ\s+họp|lễ|bài)\b[^,.;:“”\"]{0,50}?,?)?"
# `ông A hôm 19/7 cho biết`, `bà B chiều qua nhấn mạnh`
_ON_A_DAY = (
    r"(?:\s+(?:vào\s+)?(?:(?:hôm|ngày|sáng|trưa|chiều|tối)\s+)+"
    r"(?:(?:qua|nay|cùng\s+ngày)\b(?:\s*\(\d{1,2}[/-]\d{1,2}\))?|\d{1,2}[/-]\d{1,2}(?:[/-]\d{4})?)|\s+cùng\s+ngày)?")
_SPEAKS = re.compile(rf"(?:\s*\([^)]{{0,60}}\))?{_ON_A_DAY}{_THERE}{_DOES}")
# `ông A, Giám đốc Sở X, cho biết`; `” – ông A – bí thư huyện ủy hứa`.
_SPEAKS_AFTER_POST = re.compile(
    rf"(?:\s*\([^)]{{0,60}}\))?\s*(?:[,–-]\s*|\s)(?:(?i:{any_of(WORDS['speech']['posts'] + WORDS['speech']['belongs'])})\b)"
    r"(?:(?!\b(?:bị|được|từng|chờ|vi\s+phạm|để|do|là|mà|vì|khi|phải|sẽ|thăm)\b)(?:\b(?:TP|Tp|Q|P|H)\.|[^.;:“”\"])){0,170}?"
    rf"(?:\s*[,–-]|(?<=\w)(?=\s)){_THERE}{_DOES}")
# Not the one who acts: `đối với ông A, các bộ đề xuất …`.
_OBJECT = re.compile(
    r"\b(?:đối với|với|của|cho|gia đình|thay|kỷ luật|về|gặp|tiếp|gồm|bị|khởi tố|bắt|giới thiệu|bầu|mời)\s+"
    r"(?:[^\s,.;]+\s+){0,5}$")
_ACCORDING = re.compile(
    r"(?:^|[,;:.–-]\s|[“”\"]\s?)(?:cũng\s+)?theo\s+(?!cách|lời|như)(?:[^\s,.;]+\s+){0,8}$", re.IGNORECASE)
_ASKED_BY = re.compile(
    r"(?:\b(?:chất\s+vấn|câu\s+hỏi|phát\s+biểu|ý\s+kiến|tham\s+luận|kết\s+luận)|"
    r"\b(?:đó|đây)\s+(?:cũng\s+)?là\s+(?:lời\s+|những\s+)?(?:nhận\s+định|khẳng\s+định|yêu\s+cầu|chia\s+sẻ|đề\s+nghị|đề\s+xuất|kiến\s+nghị|"
    r"thông\s+tin|chỉ\s+đạo|quan\s+điểm|đánh\s+giá|trăn\s+trở|mong\s+muốn|tuyên\s+bố|hứa|cam\s+kết))\s+của\s+(?:[^\s,.;]+\s+){0,6}$",
    re.IGNORECASE)
_QUOTES = re.compile(r"[:“”\"]")
# `…”, ông A thông tin`
_QUOTED = re.compile(r"[“”\"]\s*[,–-]?\s*(?:[^\s,.;:“”\"]+\s+){0,6}$")
_TOGETHER = re.compile(r"\b(?:cũng|đều|cùng|lần\s+lượt)\b")
_ONE_AND_ANOTHER = re.compile(r"\s*(?:\([^)]{0,40}\))?\s*(?P<join>,|và)\s+(?:[^\s,.;:“”\"]+\s+){0,9}")
_NO_POST = re.compile(r"\b(?:đã|sẽ|được|bị|do|với|cho|về|để|khi|thay|gặp|tiếp|mời|là|có|mà|thì|nói|như)\b")
_WINDOW = 80


def speaking(scene: Scene, line: Line) -> list[tuple[Mention, str]]:
    """The persons who speak in a sentence, with the rule that says so."""
    if line.position not in scene.spoken:
        scene.spoken[line.position] = list(_speaking(scene, line))
    return scene.spoken[line.position]


def _speaking(scene: Scene, line: Line) -> Iterator[tuple[Mention, str]]:
    page = scene.page
    people = page.of("person", line)
    yield from _speaking_by_post(scene, line, people)
    for index, person in enumerate(people):
        stop = people[index + 1].start if index + 1 < len(people) else line.end
        behind = page.text[person.end:min(max(stop, _after_brackets(page.text, person.end, stop)), person.end + 260)]
        before = page.text[max(line.start, person.start - _WINDOW):person.start]
        spoke = _SPEAKS.match(behind) or (None if _OBJECT.search(before) else _SPEAKS_AFTER_POST.match(behind))
        if spoke is not None and (not spoke["weak"] or _really(line, behind, spoke.end()) or _QUOTED.search(before)):
            yield person, "speaks"
            if index and _speaks_too(page.text[people[index - 1].end:person.start], behind[:spoke.end()]):
                yield people[index - 1], "speaks-too"
            continue
        if _ACCORDING.search(before):
            yield person, "according-to"
        elif _ASKED_BY.search(before):
            yield person, "speech-of"


def _speaks_too(between: str, verb: str) -> bool:
    """`ông A và bà B cho biết`, `Chủ tịch A, Phó chủ tịch B cũng giải trình`: whether the one named before speaks as well."""
    match = _ONE_AND_ANOTHER.fullmatch(between)
    return match is not None and not _NO_POST.search(between) and (match["join"] == "và" or _TOGETHER.search(verb) is not None)


_BRACKETS = re.compile(r"\s*\([^()]{0,80}\)")


def _after_brackets(text: str, end: int, stop: int) -> int:
    """The end of a bracket behind a name that names somebody else: `bà A (vợ ông B) kể lại`, with room for the verb."""
    match = _BRACKETS.match(text, end)
    return match.end() + 40 if match is not None and stop < match.end() else end


_POST_SPEAKS = re.compile(
    rf"(?:^\W*|[,;:”\"]\s+|\btheo\s+)(?P<post>[A-ZĐ][^,.;:“”\"()]{{2,70}}?){_DOES}")


_REPORTS = re.compile(r"(?:(?<=báo cáo)|(?<=thông tin)|(?<=phản ánh)|(?<=trao đổi)|(?<=xác nhận)),\s")


def _really(line: Line, text: str, end: int) -> bool:
    """Whether a weak verb tells of speech: the sentence names the event or quotes, or what is said follows: `báo cáo, hai năm qua …`."""
    return AT_EVENT.search(line.text) is not None or _QUOTES.search(text) is not None or _REPORTS.match(text, end) is not None


_DONE_TO = re.compile(r"\b(?:được|bị|bầu|phê\s+chuẩn)\b")      # `Giám đốc Sở được bầu bổ sung …`


def _speaking_by_post(scene: Scene, line: Line, people: list[Mention]) -> Iterator[tuple[Mention, str]]:
    """`Bí thư Thành ủy nhấn mạnh …`: the one person of the article who holds that post."""
    for match in _POST_SPEAKS.finditer(line.text) if scene.titles else ():
        start, end = line.start + match.start("post"), line.start + match.end("post")
        if any(person.start < end and start < person.end for person in people):
            continue
        if _DONE_TO.search(match["post"]) or (match["weak"] and not _really(line, line.text, match.end())):
            continue
        speaker = holder(scene, match["post"], line)
        if speaker is not None:
            yield speaker, "post-speaks"


def holder(scene: Scene, post: str, line: Line) -> Mention | None:
    """The one person of the article who holds a post, as a mention in the sentence that names the post alone."""
    holders = _holders(scene.titles, fold(post))
    mention = scene.known.get(next(iter(holders))) if len(holders) == 1 else None
    return replace(mention, sentence=line.position) if mention is not None else None


def _holders(titles: dict[str, set[str]], post: str) -> set[str]:
    """Who holds a post, a longer one (`Bí thư Thành ủy` + `Hà Nội`), or one it leaves words out of (`Chủ tịch tỉnh`)."""
    words = post.split()
    return {
        person for title, people in titles.items() for person in people
        if f"{post} ".startswith(f"{title} ") or (words[:2] == title.split()[:2] and set(words) <= set(title.split()))
    }

"""/who POST: who is named in a post, with the days; the exact head and the right body, or nobody."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from bot.answers.common import PostLine, full_post, nothing, post_fact, post_lines, years_of
from bot.ask import Ask, to_key
from bot.library import Library
from bot.matching import Fit, agrees, bare, canon
from bot.paging import page_buttons, page_of
from bot.quotes import Sources
from bot.types import Answer, Button
from bot.when import When, read_when
from store.queries_people import AttestationRow, holders

__all__ = ["Post", "begins_like_a_post", "find_post", "holders_of", "read_post"]

PAGE = 8
MANY = 6                            # holders listed in order of date; more in order of how often they are named
NEAR = 3                            # posts shown where none is called just so
ALIKE = 0.75                        # of the words of both, where each has some the other has not
SHARED = 0.5                        # of the words asked for that a nearly so called post must have
# What may follow a post without making it another one: `Bí thư Thành ủy Cần Thơ khóa XIV`
_TAILS = frozenset({"khóa", "khoá", "nhiệm", "kỳ", "đương"})


@dataclass(frozen=True, slots=True)
class Post:
    """A post asked for: its words, the time, and the posts of the store it means."""

    asked: str
    words: tuple[str, ...]
    whens: tuple[When, ...]
    fits: tuple[Fit, ...] = ()


@lru_cache(maxsize=1)
def _heads() -> frozenset[tuple[str, ...]]:
    """The words posts begin with, folded."""
    titles = tomllib.loads((files("store") / "lexicon" / "titles.toml").read_text(encoding="utf-8"))
    listed = "|".join((titles["body"], titles["whole"], titles["rank"], titles["prefixes"])).replace("\n", "|")
    return frozenset(bare(entry.split()) for part in listed.split("|") if (entry := part.strip()))


def begins_like_a_post(words: Sequence[str]) -> int:
    """How many words of its beginning are the head of a post; 0 for none."""
    folded = bare(words)
    size = next((n for n in range(min(5, len(folded)), 0, -1) if folded[:n] in _heads()), 0)
    if size and folded[:size] in _PREFIXES:
        return size + begins_like_a_post(words[size:]) if len(words) > size else 0
    return size


@lru_cache(maxsize=1)
def _whole() -> frozenset[tuple[str, ...]]:
    """Posts that are complete without a body, folded: `Thủ tướng`, `Chủ tịch nước`."""
    titles = tomllib.loads((files("store") / "lexicon" / "titles.toml").read_text(encoding="utf-8"))
    entries = titles["whole"].replace("\n", "|").split("|")
    return frozenset(bare(canon(entry)) for entry in entries if entry.strip())


_PREFIXES = {("pho",), ("quyen",), ("tong",), ("dong",), ("pho", "tong"), ("tan", "pho"), ("nu", "pho")}


def read_post(text: str) -> Post:
    """A post and the time asked for, as typed."""
    rest, whens = read_when(text)
    words = canon(rest)
    return Post(rest, _body_first(words) if _ENGLISH.search(rest) else words, whens)


_ENGLISH = re.compile(r"\b(?:of|committee|council)\b", re.IGNORECASE)
_BODIES = (("uy", "ban", "nhan", "dan"), ("hoi", "dong", "nhan", "dan"), ("thanh", "uy"), ("tinh", "uy"))


def _body_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """English puts the place before the body: `chairman of the Cần Thơ People's Committee`."""
    size = begins_like_a_post(words)
    body = next((len(b) for b in _BODIES if bare(words[-len(b):]) == b), 0)
    if size and body and len(words) > size + body and bare(words[size:size + body]) != bare(words[-body:]):
        return (*words[:size], *words[-body:], *words[size:-body])
    return words


def find_post(library: Library, post: Post) -> Post:
    """The post with those of the store that it means: just so named, or, where it leaves the body open, begun so."""
    fits = [fit for fit in library.posts.find(post.words) if fit.how != "within"]
    if any(fit.accents for fit in fits):
        fits = [fit for fit in fits if fit.accents]
    same = [fit for fit in fits if _same(fit, post.words)]
    if same and (bare(post.words) in _whole() or _names_its_body(library, same, post.words)):
        fits = same
    return Post(post.asked, post.words, post.whens, tuple(fits))


def _same(fit: Fit, words: Sequence[str]) -> bool:
    return fit.how == "equal" or fit.words[len(words)] in _TAILS


def _names_its_body(library: Library, fits: Sequence[Fit], words: Sequence[str]) -> bool:
    """Whether more than the head was asked for, so that other bodies' posts are no answer."""
    tail = words[begins_like_a_post(words):]
    bodies = [tail] if len(tail) > 2 else []
    if bare(words)[:2] in (("bo", "truong"), ("thu", "truong")) and tail:
        bodies.append(("bộ", *tail))        # left out after the head: `Bộ trưởng Y tế`
    return any(fit.how == "equal" for body in bodies for fit in library.organizations.find(body))


def holders_of(ask: Ask, post: Post, *, order: bool = False) -> Answer:
    """Who is named in the post, in order of date; within the time asked for, where one was."""
    post = post if post.fits else find_post(ask.library, post)
    if not post.fits:
        return _unknown(ask, post)
    rows = holders(ask.connection, dict.fromkeys(fit.id for fit in post.fits))
    inside = [row for row in rows if _within(row, post.whens)]
    if not inside:
        return _not_then(ask, post, rows)
    return _holders(ask, post, inside, len(rows) - len(inside))


def _within(row: AttestationRow, whens: Sequence[When]) -> bool:
    return all(when.covers(row.attested_on) for when in whens)


def _holders(ask: Ask, post: Post, rows: Sequence[AttestationRow], left_out: int) -> Answer:
    several = len({canon(full_post(row)) for row in rows}) > 1
    lines = post_lines(rows) if several else _by_person(rows)
    if len({line.person_id for line in lines}) > MANY:      # `Thủ tướng` of any country: who is named most comes first
        lines = sorted(lines, key=lambda line: -len(line.stated))
    shown, page, pages = page_of(lines, ask.intent.page, PAGE)
    sources = Sources(ask.connection)
    facts = tuple(post_fact(ask, line, sources, line.person, line.post if several else "") for line in _grouped(shown))
    notes = [ask.say("post.only_when", count=left_out)] if left_out and post.whens else []
    buttons = [page_buttons(ask, page, pages), *_person_buttons(ask, lines)]
    return Answer(
        ask.intent, found=True, headline=_headline(ask, post, rows, lines, several), facts=facts,
        quotes=sources.quotes(), notes=tuple(notes), buttons=tuple(buttons), page=page, pages=pages,
        subject=to_key(lines[0].person_id) if len({line.person_id for line in lines}) == 1 else None,
        mentioned=tuple(dict.fromkeys(to_key(line.person_id) for line in lines)))


def _by_person(rows: Sequence[AttestationRow]) -> list[PostLine]:
    """One line per person: spellings of one post are not told apart."""
    groups: dict[tuple[int, str], list[AttestationRow]] = {}
    for row in rows:
        groups.setdefault((row.person_id, row.status), []).append(row)
    return [PostLine(person, found[0].person, full_post(found[0]), status, tuple(found))
            for (person, status), found in groups.items()]


def _grouped(lines: Sequence[PostLine]) -> list[PostLine]:
    """Lines of one post together, the posts in order of their first line."""
    order = list(dict.fromkeys(line.post for line in lines))
    return sorted(lines, key=lambda line: order.index(line.post))


def _headline(
    ask: Ask, post: Post, rows: Sequence[AttestationRow], lines: Sequence[PostLine], several: bool
) -> str:
    name = post.asked if several else full_post(rows[0])
    name = name[:1].upper() + name[1:]
    held = [line for line in lines if line.status == "held"]
    if not held:
        return ask.say("post.only_former", post=name, names=", ".join(dict.fromkeys(line.person for line in lines)))
    named = list(dict.fromkeys(_with_years(ask, line) for line in held))
    if len(named) > MANY:
        return ask.say("post.many", post=name, names=", ".join(named[:3]), count=len(named) - 3)
    return ask.say("post.is", post=name, names=", ".join(named))


def _with_years(ask: Ask, line: PostLine) -> str:
    years = years_of(ask, line)
    return f"{line.person} ({years})" if years else line.person


def _person_buttons(ask: Ask, lines: Sequence[PostLine]) -> list[tuple[Button, ...]]:
    people = {line.person_id: line.person for line in lines}
    return [(ask.button(name, "who", to_key(identifier)),) for identifier, name in list(people.items())[:6]]


def _not_then(ask: Ask, post: Post, rows: Sequence[AttestationRow]) -> Answer:
    """The post is known, but nobody is named in it at that time."""
    when = ", ".join(ask.say.date(when.edtf) for when in post.whens)
    asked = post.asked[:1].upper() + post.asked[1:]
    others = ((ask.button(ask.say("post.all_times", post=asked), "who", post.asked),),)
    return nothing(ask, ask.say("post.not_then", post=asked, when=when), buttons=others)


def _unknown(ask: Ask, post: Post) -> Answer:
    """Nobody is named in this post; who is named in posts that are nearly called so is shown as just that."""
    near = list(dict.fromkeys(fit.id for fit in _near(ask.library, post.words)))[:NEAR]
    lines = post_lines(row for row in holders(ask.connection, near) if row.status == "held")[:NEAR]
    sources = Sources(ask.connection)
    notes = [ask.say("post.nearest")] if lines else []
    for line in lines:
        ref = sources.ref(line.stated[0].sentence_id, line.stated[0].start, line.stated[0].end)
        notes.append(f"{line.post} – {line.person} [{ref}]")
    buttons = tuple((ask.button(line.post, "who", line.post),) for line in lines)
    return Answer(ask.intent, found=False, headline=ask.say("post.none", post=post.asked), notes=tuple(notes),
                  quotes=sources.quotes(), buttons=tuple(dict.fromkeys(buttons)),
                  mentioned=tuple(dict.fromkeys(to_key(line.person_id) for line in lines)))


def _near(library: Library, words: Sequence[str]) -> list[Fit]:
    """Posts of the same head whose words stand in the query or have it, with others between or after: `Phó Trưởng ban
    Thường trực Ban Tổ chức` for `phó trưởng ban tổ chức`, `Giám đốc Sở Y tế` for `giám đốc sở y tế Cần Thơ`."""
    size = begins_like_a_post(words)
    tail = words[size:]
    if not size or not tail:
        return []
    begun = [fit for fit in library.posts.find(words[:size]) if fit.how != "within" and len(fit.words) > size]
    fitting = [fit for fit in begun if _in_order(tail, fit.words[size:]) or _shorter(fit.words[size:], tail)]
    return sorted(fitting, key=lambda fit: abs(len(fit.words) - len(words)))


def _shorter(words: Sequence[str], tail: Sequence[str]) -> bool:
    """Whether a body as printed is the one asked for without its place: `Sở Y tế TP` for `sở y tế Cần Thơ`."""
    printed = bare(words)
    for unit in (("thanh", "pho"), ("tinh",), ("tp",)):
        if printed[-len(unit):] == unit:
            printed = printed[:-len(unit)]
    shared = len(set(printed) & set(bare(tail)))
    if shared >= ALIKE * max(len(set(printed)), len(set(tail))):
        return True
    return len(printed) >= max(2, SHARED * len(tail)) and _in_order(printed, bare(tail))


def _in_order(asked: Sequence[str], words: Sequence[str]) -> bool:
    """Whether all the words stand among the others, in this order."""
    rest = iter(words)
    return all(any(agrees(word, other) or agrees(other, word) for other in rest) for word in asked)

"""/who POST: who is named in a post, with the days; the exact head and the right body, or nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.answers.common import PostLine, first_day, full_post, post_fact, post_lines, usual_post, years_of
from bot.areas import ends_in_area
from bot.ask import Ask, to_key
from bot.matching import bare, canon
from bot.paging import page_buttons, page_of
from bot.postbook import Post, begins_like_a_post, find_post, nearly, read_post
from bot.quotes import Sources
from bot.types import Answer, Button
from bot.when import When
from store.queries_articles import sentences
from store.queries_people import AttestationRow, holders
from store.text import fold

__all__ = ["Post", "begins_like_a_post", "find_post", "holders_of", "nearly", "read_post"]

PAGE = 5
MANY = 6                            # holders listed in order of date; more in order of how often they are named
FEW = 4                             # holders, each of whom may be shown with two sentences
NEAR = 3                            # posts shown where none is called just so


def holders_of(ask: Ask, post: Post, *, order: bool = False) -> Answer:
    """Who is named in the post, in order of date; within the time asked for, where one was."""
    post = post if post.fits else find_post(ask.library, post)
    if not post.fits:
        return _unknown(ask, post)
    rows = holders(ask.connection, dict.fromkeys(fit.id for fit in post.fits))
    rows = _told_of_here(ask, rows)
    inside = [row for row in rows if _within(row, post.whens)]
    if not inside:
        return _not_then(ask, post, rows)
    return _holders(ask, post, inside, len(rows) - len(inside))


_UNIT = re.compile(r"\b(quận|huyện|tỉnh|thị xã|phường|xã)$", re.IGNORECASE)


def _told_of_here(ask: Ask, rows: Sequence[AttestationRow]) -> list[AttestationRow]:
    """Without those whose sentence names another place for a post that leaves it open: `tại quận Mỹ An, ông Cúc – Phó chủ
    tịch UBND quận` is no holder of the post in `quận Hải Đông`."""
    open_posts = [row for row in rows if row.organization and _UNIT.search(row.position)]
    texts = {row.id: row.text for row in sentences(ask.connection, dict.fromkeys(row.sentence_id for row in open_posts))}
    return [row for row in rows if row not in open_posts or not _elsewhere(row, texts.get(row.sentence_id, ""))]


def _elsewhere(row: AttestationRow, text: str) -> bool:
    unit = _UNIT.search(row.position)
    if unit is None or row.organization is None:
        return False
    named = re.findall(rf"\b{unit[1]} ([A-ZĐÀ-Ỹ\d]\w*(?: [A-ZĐÀ-Ỹ]\w*)*)", text)
    return bool(named) and not any(str(fold(name)) in str(fold(row.organization)) for name in named)


def _within(row: AttestationRow, whens: Sequence[When]) -> bool:
    return all(when.covers(row.attested_on) for when in whens)


def _holders(ask: Ask, post: Post, rows: Sequence[AttestationRow], left_out: int) -> Answer:
    posts = _posts(rows)
    several = len(posts) > 1
    lines = [line for name, stated in posts for line in _by_person(name, stated)]
    if len({line.person for line in lines}) > MANY:         # `Thủ tướng` of any country: who is named most comes first
        lines = _by_frequency(lines)
    shown, page, pages = page_of(lines, ask.intent.page, PAGE)
    sources = Sources(ask.connection)
    facts = tuple(post_fact(ask, line, sources, line.person, line.post if several else "", alone=len(shown) < FEW)
                  for line in shown)
    notes = [ask.say("post.only_when", count=left_out)] if left_out and post.whens else []
    buttons = [page_buttons(ask, page, pages), *_person_buttons(ask, shown)]
    return Answer(
        ask.intent, found=True, headline=_headline(ask, _name_of(post, posts), lines), facts=facts,
        quotes=sources.quotes(), notes=tuple(notes), buttons=tuple(buttons), page=page, pages=pages,
        subject=to_key(lines[0].person_id) if len({line.person_id for line in lines}) == 1 else None,
        mentioned=tuple(dict.fromkeys(to_key(line.person_id) for line in lines)))


def _posts(rows: Iterable[AttestationRow]) -> list[tuple[str, list[AttestationRow]]]:
    """The statements post by post, each by its most usual spelling; a post whose article leaves out the body counts
    with the one of that name that the same person is said to hold."""
    groups: dict[tuple[str, ...], list[AttestationRow]] = {}
    for row in rows:
        groups.setdefault(canon(full_post(row)), []).append(row)
    for short in sorted(groups, key=len):
        people = {fold(row.person) for row in groups[short]}
        longer = [key for key in groups if len(key) > len(short) and _shortened(short, key)
                  and people <= {fold(row.person) for row in groups[key]}]
        if longer:
            key = max(longer, key=lambda key: len(groups[key]))
            groups[key].extend(groups.pop(short))
    return [(usual_post(stated), stated) for stated in groups.values()]


def _shortened(short: Sequence[str], post: Sequence[str]) -> bool:
    """`bí thư thành ủy` is short for `bí thư thành ủy đà nẵng`, `chủ tịch đà nẵng` for `chủ tịch ủy ban nhân dân …`."""
    if tuple(post[:len(short)]) == tuple(short):
        return True
    rest = iter(post)
    return short[-1] == post[-1] and all(word in rest for word in short)


def _by_person(post: str, rows: Sequence[AttestationRow]) -> list[PostLine]:
    """One line per person, in order of time; who is only said to have held the post comes last."""
    groups: dict[tuple[str, str], list[AttestationRow]] = {}
    for row in rows:
        groups.setdefault((row.person, row.status), []).append(row)
    lines = [PostLine(found[0].person_id, person, post, status, tuple(sorted(found, key=_in_time)))
             for (person, status), found in groups.items()]
    return sorted(lines, key=lambda line: (line.status == "former", first_day(line)))


def _in_time(row: AttestationRow) -> tuple[bool, str]:
    return row.earliest is None, row.earliest or ""


def _by_frequency(lines: Sequence[PostLine]) -> list[PostLine]:
    """Posts by how often their holders are named, the lines of each together."""
    often: dict[str, int] = {}
    for line in lines:
        often[line.post] = often.get(line.post, 0) + len(line.stated)
    return sorted(lines, key=lambda line: (-often[line.post], line.post, line.status == "former", -len(line.stated)))


def _name_of(post: Post, posts: Sequence[tuple[str, list[AttestationRow]]]) -> str:
    """The post as the store has it: its name, or, of several, the beginning that they share with what was asked for."""
    if len(posts) == 1:
        return posts[0][0]
    usual = [name for name, _ in sorted(posts, key=lambda item: -len(item[1]))]
    for name in usual:
        words = name.split()
        for size in range(len(words), 0, -1):
            if bare(canon(" ".join(words[:size]))) == bare(post.words):
                return " ".join(words[:size])
    if ends_in_area(post.words):
        return usual[0]
    return post.asked[:1].upper() + post.asked[1:]


def _headline(ask: Ask, name: str, lines: Sequence[PostLine]) -> str:
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
    """The post is known, but nobody is named in it at that time: said, with the times at which somebody is, and who is
    named in it in an unknown year."""
    when = ", ".join(ask.say.date(when.edtf) for when in post.whens)
    posts = _posts(rows)
    name = _name_of(post, posts)
    years = sorted({row.earliest[:4] for row in rows if row.earliest and row.earliest[:4] == (row.latest or "")[:4]})
    notes = (ask.say("post.named_in", years=", ".join(years)),) if years else (ask.say("post.named_undated"),)
    others = ((ask.button(ask.say("post.all_times", post=name), "who", name if len(posts) == 1 else post.asked),),)
    sources = Sources(ask.connection)
    lines = [] if years else post_lines(rows)[:NEAR]
    return Answer(ask.intent, found=False, headline=ask.say("post.not_then", post=name, when=when),
                  notes=(*notes, *(_beside(ask, line, sources) for line in lines)), quotes=sources.quotes(), buttons=others)


def _beside(ask: Ask, line: PostLine, sources: Sources) -> str:
    """A line of what is not asserted."""
    stated = line.stated[0]
    post = line.post if line.status == "held" else ask.say("charts.former", post=line.post)
    return f"{post} – {line.person} [{sources.ref(stated.sentence_id, stated.start, stated.end)}]"


def _unknown(ask: Ask, post: Post) -> Answer:
    """Nobody is named in this post; who is named in posts that are nearly called so is shown as just that."""
    near = list(dict.fromkeys(fit.id for fit in nearly(ask.library, post.words)))[:NEAR]
    lines = post_lines(row for row in holders(ask.connection, near) if row.status == "held")[:NEAR]
    sources = Sources(ask.connection)
    notes = [ask.say("post.nearest")] if lines else []
    notes += [_beside(ask, line, sources) for line in lines]
    buttons = tuple((ask.button(line.post, "who", line.post),) for line in lines)
    return Answer(ask.intent, found=False, headline=ask.say("post.none", post=post.asked), notes=tuple(notes),
                  quotes=sources.quotes(), buttons=tuple(dict.fromkeys(buttons)),
                  mentioned=tuple(dict.fromkeys(to_key(line.person_id) for line in lines)))

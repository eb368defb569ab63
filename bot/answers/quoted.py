"""Answers read off sentences: a number, what somebody said, who wrote an article; and the passage as a last resort."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.answers.common import full_post, nothing
from bot.answers.events import on_days
from bot.answers.posts import find_post, read_post
from bot.ask import Ask, to_key
from bot.evidence import DISTANT, NEARLY, SHOWN, Evidence, evidence, word_weights
from bot.fillers import alternatives, topic_words
from bot.matching import bare, canon
from bot.names import who_is_meant
from bot.question import Question
from bot.quotes import Sources, marked_phrase, marked_words, quote_of
from bot.titles import called
from bot.types import Answer, Button, Fact
from bot.when import pointed, read_when
from store.queries import EntityRow, entities
from store.queries_articles import SentenceRow, article, articles_having_all, authors, mentions_of, neighbours, sentences
from store.queries_people import AttestationRow, attestations_in_article, holders
from store.search import search
from store.text import fold, syllables

__all__ = ["author", "number", "passages_for", "said"]

SURE = 0.78                         # of the question's words, rare ones weighing more, for a number to be asserted
SAYS_ENOUGH = 3                     # words of a post after its first: `Giám đốc Sở Y tế`, no `Bí thư`
ABOUT = 0.75                        # from here on a sentence speaks of the very thing asked
MEANT = 3                           # articles that have all words of a question whose number may be asserted
TOPIC = 0.6                         # of the topic in a sentence of the speaker, for it to be what they said of it
QUOTATION = 4                       # sentences before and after in which a quotation may end
MOSTLY = 0.8                        # of the statements of a post, for its holder to be whom a question means by it
SAID_SO = 0.25                      # for the very verb of the question: `đề xuất` is more than `phát biểu`
ARTICLE = 0.75                      # of the topic in the article whose author is asked for
_ASKS_WHO = frozenset({"ai", "ten"})
_ASKS_WHICH = re.compile(r"\b(?:nhung ai|gom ai|cung ai|ten gi|nhung gi|gi|nao|ra sao|the nao|may|bao nhieu)\b")
# `30/34 đề án`, `4.776 bà mẹ`, `hơn 800 nội dung`
_NUMBER = r"\d[\d.,/]*\d|\d"
# What is asked in words and printed as a sign or with a measure
_SIGNS = (
    (("phan", "tram"), "%|phan tram"),
    (("tien",), r"(?:ti|ty|trieu|nghin|ngan)(?: dong| usd)?\\b|dong\\b|usd\\b"),
)


def passages_for(ask: Ask, text: str) -> Answer:
    """The sentences nearest to a question, called just that; or that there are none."""
    read = evidence(ask.connection, text)
    found = [e for e in read if e.with_context >= NEARLY]
    if not found:
        distant = [e for e in read if e.with_context >= DISTANT][:SHOWN]
        return _shown(ask, distant, text, ask.say("ask.distant")) if distant else nothing(ask, ask.say("ask.nothing"))
    about = found[0].coverage >= ABOUT
    return _shown(ask, found, text, ask.say("ask.about" if about else "ask.passages"))


def _shown(ask: Ask, found: Sequence[Evidence], text: str, headline: str) -> Answer:
    best = _with_what_follows(ask, [e.row for e in _worth_showing(found)], text)
    wanted = bare(topic_words(text))
    holder = _holder_there(ask, best[0]) if {"ai", "who"} & set(syllables(text)) else None
    notes: tuple[str, ...] = ()
    if holder is not None:
        best = list(dict.fromkeys((*best, *sentences(ask.connection, [holder.sentence_id]))))
        at = 1 + next(n for n, row in enumerate(best) if row.id == holder.sentence_id)
        notes = (ask.say("ask.holder_there", post=holder.position, name=holder.person, number=at),)
    quotes = tuple(quote_of(row, marked_words(row.text, wanted)) for row in best)
    return Answer(ask.intent, found=False, headline=headline, quotes=quotes, buttons=(_around(ask, best),), notes=notes,
                  mentioned=tuple(to_key(row.article_id) for row in best))


def _holder_there(ask: Ask, row: SentenceRow) -> AttestationRow | None:
    """Who holds the post that a sentence names without a name: `Giám đốc Bệnh viện X tự ý trả lại …`, as the same article
    says elsewhere; None where nobody or several do."""
    said = " ".join(bare(canon(row.text)))
    held: dict[int, AttestationRow] = {}
    for stated in attestations_in_article(ask.connection, row.article_id):
        post = " ".join(bare(canon(full_post(stated))))
        if stated.status == "held" and post.count(" ") >= SAYS_ENOUGH and f" {post} " in f" {said} ":
            held.setdefault(stated.person_id, stated)
    one = next(iter(held.values())) if len(held) == 1 else None
    return one if one and fold(one.person) not in fold(row.text) else None


def _with_what_follows(ask: Ask, rows: list[SentenceRow], text: str) -> list[SentenceRow]:
    """After the best sentence the one that follows it in the article: there the particulars stand, above all the names and
    things asked for by `những ai`, `cây gì`."""
    first = rows[0]
    if first.kind == "title" or (len(rows) > 1 and not _ASKS_WHICH.search(fold(text)) and not first.text.endswith(":")):
        return rows
    after = _beside(ask, first)[1][:1]
    return [first, *(row for row in after if row not in rows), *rows[1:]][:SHOWN + 1]


def _worth_showing(found: Sequence[Evidence]) -> list[Evidence]:
    """The best three, one more where none speaks of the very thing; a sentence printed twice is shown once."""
    best: dict[str, Evidence] = {}
    for one in found:
        best.setdefault(str(fold(one.row.text)), one)
    return list(best.values())[:SHOWN if found[0].coverage >= ABOUT else SHOWN + 1]


def _around(ask: Ask, rows: Sequence[SentenceRow]) -> tuple[Button, ...]:
    return tuple(ask.button(ask.say("button.around", number=n), "near", f"{to_key(row.article_id)}.{row.position}")
                 for n, row in enumerate(rows, 1))


# ------------------------------------------------------------------------------------------------------------- numbers

def number(ask: Ask, question: Question) -> Answer | None:
    """How many: the number before the thing counted, in a sentence that has nearly all of the question; else the
    passages."""
    if set(syllables(question.text)) & _ASKS_WHO:
        return None                 # `mấy lãnh đạo … là những ai` is not answered by a number
    units = _units(question.slot("after"))
    found = [e for e in evidence(ask.connection, question.text) if e.with_context >= NEARLY]
    having = [e for e in found if any(_counted(e.row.text, unit) for unit in units)]
    if not having:
        return None
    best = having[0]
    counted = dict.fromkeys(n for unit in units for n in _counted(best.row.text, unit)[:1])
    several = any(len(set(_counted(best.row.text, unit))) > 1 for unit in units)
    rivals = {n for e in having[1:] if e.score > best.score - 0.15 for unit in units[:1] for n in _counted(e.row.text, unit)}
    if several or best.coverage < SURE or rivals - set(counted) or not _says_which(ask, question):
        return _shown(ask, [best, *(e for e in found if e is not best)], question.text, ask.say("ask.passages"))
    quote = quote_of(best.row, [span for n in counted for span in marked_phrase(best.row.text, bare(re.findall(r"\w+", n)))])
    fact = Fact(", ".join(counted), (1,))
    return Answer(ask.intent, found=True, headline=", ".join(counted), facts=(fact,), quotes=(quote,),
                  notes=(ask.say("ask.as_printed"),), buttons=(_around(ask, [best.row]),),
                  mentioned=(to_key(best.row.article_id),))


def _says_which(ask: Ask, question: Question) -> bool:
    """Whether the question tells the thing it asks about from others: `bao nhiêu người dự hội nghị` does not."""
    asking = alternatives("asking")
    words = [word for word in bare(topic_words(question.text)) if (word,) not in asking]
    return articles_having_all(ask.connection, words, MEANT + 1) <= MEANT


def _units(after: str) -> list[tuple[str, ...]]:
    """What is counted: the first words after `bao nhiêu`, and of `tọa đàm và khảo sát` the second thing too."""
    parts = re.split(r"\s+(?:và|va|,)\s+", after)
    units = []
    for part in parts[:3]:
        first = re.findall(r"\w+", part)[:2]
        folded = bare(topic_words(first)) if first else ()
        if folded:
            units.append(folded)
    return units


def _counted(text: str, unit: Sequence[str]) -> list[str]:
    """Numbers right before a thing in a text, with it: `30/34 đề án`, `201 mẹ`, `4 cuộc khảo sát`, `62,5%`."""
    folded = _same_length(text)
    signs = [sign for words, sign in _SIGNS if tuple(unit) == words]
    if signs:
        return [text[m.start():m.end()] for m in re.finditer(rf"(?<![\w/.,-])(?:{_NUMBER})\s*(?:{signs[0]})", folded)]
    for words in (unit, unit[:1]):
        counted = r"\s+".join(re.escape(word) for word in words)
        pattern = rf"(?<![\w/.,-])({_NUMBER})\s+(?:\w+\s+)?{counted}\b"
        found = [text[m.start():m.end()] for m in re.finditer(pattern, folded)]
        if found:
            return found
    return []


def _same_length(text: str) -> str:
    """Folded letter by letter, so that offsets stay."""
    return "".join(folded if len(folded := str(fold(letter))) == 1 else letter for letter in text)


# ------------------------------------------------------------------------------------------------------ what was said

def said(ask: Ask, question: Question) -> Answer | None:
    """Sentences in which the person says something of the topic; None where the person is not clear."""
    persons = _speakers(ask, question.slot("person"))
    topic, articles = _topic(ask, question.slot("topic"))
    verb = question.slot("verb")
    if not persons:
        return None
    weights = word_weights(ask.connection, topic)
    rated = [(score, row, person) for person in persons for score, row in _sayings(ask, person, weights, verb)
             if not articles or row.article_id in articles]
    rated.sort(key=lambda item: (-item[0], item[1].id))
    if not rated:
        return _nothing_said(ask, question, persons[0]) if len(persons) == 1 else None
    best, person = rated[0][0], rated[0][2]
    rows = [row for score, row, who in rated if who.id == person.id and score >= best - 0.35][:3]
    rows = _whole_quotations(ask, rows)
    sources = Sources(ask.connection)
    for row in rows:
        sources.ref(row.id)
    about = question.slot("topic")
    headline = ask.say("ask.said", name=person.name, topic=about) if about else ask.say("ask.said_so", name=person.name)
    return Answer(ask.intent, found=True, headline=headline, quotes=sources.quotes(bare(topic)), subject=to_key(person.id),
                  buttons=((ask.button(person.name, "who", to_key(person.id)),),))


def _speakers(ask: Ask, name: str) -> Sequence[EntityRow]:
    """Who may be meant: by name, or as the only holder of a post."""
    meant = who_is_meant(ask.library, name)
    if meant.manner in ("name", "part"):
        return meant.persons
    post = find_post(ask.library, read_post(name))
    held = Counter(row.person_id for row in holders(ask.connection, [fit.id for fit in post.fits]) if row.status == "held")
    ((person, times),) = held.most_common(1) or ((0, 0),)
    return entities(ask.connection, [person]) if times and times >= MOSTLY * held.total() else ()


def _topic(ask: Ask, text: str) -> tuple[list[str], frozenset[int]]:
    """The words of a topic; `tại hội nghị 29/1` is none, but says in which articles to look."""
    rest, whens = read_when(text)
    if not whens:
        return list(topic_words(text)) if text else [], frozenset()
    articles = frozenset(row.article_id for row in on_days(ask, pointed(whens)))
    words = topic_words(rest, or_all=False)
    return ([] if bare(words) in alternatives("event_kinds") else list(words)), articles


def _sayings(
    ask: Ask, person: EntityRow, weights: Mapping[str, float], verb: str
) -> list[tuple[float, SentenceRow]]:
    """Sentences with the person, a word for saying and most of the topic, scored by how much of it they have."""
    ids = dict.fromkeys(mention.sentence_id for mention in mentions_of(ask.connection, person.id, 300))
    verbs = [" ".join(entry) for entry in alternatives("said")]
    found = []
    rows = sentences(ask.connection, ids)
    for row in [*rows, *_going_on(ask, rows)]:
        text = " " + " ".join(syllables(row.text)) + " "
        speaks = any(f" {verb} " in text for verb in verbs) or "“" in row.text or '"' in row.text
        if row.kind in ("body", "caption", "title") and speaks:
            just_so = verb and f" {' '.join(bare(canon(verb)))} " in text
            share = _share(weights, row.text)
            if share >= TOPIC:
                found.append((share + (SAID_SO if just_so else 0.0), row))
    return found


_GOES_ON = re.compile(r"(?:Đồng chí|Ông|Bà|Theo ông|Theo bà|Theo đồng chí|Vị|Anh|Chị)\s+(?:\w+\s+)?[a-zà-ỹđ]")


def _going_on(ask: Ask, rows: Sequence[SentenceRow]) -> list[SentenceRow]:
    """Sentences after one with the person that go on with `Đồng chí cũng …`, `Ông nói …`."""
    known = {row.id for row in rows}
    after = sentences(ask.connection, [row.id + 1 for row in rows if row.id + 1 not in known])
    return [row for row in after if _GOES_ON.match(row.text)]


def _share(weights: Mapping[str, float], text: str) -> float:
    """How much of the topic a text has, rare words weighing more."""
    if not weights:
        return 1.0
    words = set(bare(canon.__wrapped__(text)))
    return sum(weight for word, weight in weights.items() if fold(word) in words) / sum(weights.values())


def _whole_quotations(ask: Ask, rows: Sequence[SentenceRow]) -> list[SentenceRow]:
    """The sentences in their order; what was quoted only in part is quoted to its end, and after a single sentence the
    next one stands, where the saying often goes on."""
    shown = {row.id: row for row in rows}
    if len(rows) == 1 and not _odd(rows[0].text):
        shown.update((n.id, n) for n in _beside(ask, rows[0])[1][:1])
    for row in list(shown.values()):
        if _odd(row.text):
            before, after = _beside(ask, row)
            opens = row.text.lstrip()[:1] in _MARKS
            shown.update((n.id, n) for n in (_up_to_mark(after) if opens else _up_to_mark(before[::-1])))
    return sorted(shown.values(), key=lambda row: row.id)[:6]


def _beside(ask: Ask, row: SentenceRow) -> tuple[list[SentenceRow], list[SentenceRow]]:
    """The sentences before and after."""
    near = neighbours(ask.connection, row.article_id, row.position, QUOTATION)
    return [n for n in near if n.position < row.position], [n for n in near if n.position > row.position]


_MARKS = frozenset('"“”')


def _odd(text: str) -> bool:
    """Whether a quotation begins or ends in the middle of this sentence's neighbours."""
    return sum(text.count(mark) for mark in _MARKS) % 2 == 1


def _up_to_mark(rows: Sequence[SentenceRow]) -> list[SentenceRow]:
    """The sentences up to the one in which the quotation ends; none where it does not end nearby."""
    for count, row in enumerate(rows, 1):
        if _odd(row.text):
            return list(rows[:count])
    return []


def _nothing_said(ask: Ask, question: Question, person: EntityRow) -> Answer | None:
    """The person is known, but no sentence of theirs has the topic: the nearest passages, called so."""
    found = [e for e in evidence(ask.connection, question.text) if e.with_context >= NEARLY]
    if not found:
        return nothing(ask, ask.say("ask.not_said_of", name=person.name, topic=question.slot("topic")))
    return _shown(ask, found, question.text, ask.say("ask.passages"))


# -------------------------------------------------------------------------------------------------------------- authors

def author(ask: Ask, question: Question) -> Answer | None:
    """Who wrote the article on a topic, or took its pictures; said plainly where it names nobody."""
    about = question.slot("topic")
    found = search(ask.connection, about, 3) if topic_words(about, or_all=False) else []
    if not found or found[0].article_coverage < ARTICLE:
        return None
    row = article(ask.connection, found[0].article_id)
    if row is None:
        return None
    wanted = "photo" if question.kind == "photographer" else "text"
    names = [a for a in authors(ask.connection, row.id) if a.role == wanted]
    title = called(ask.connection, row.id, row.title, row.source)
    sources = Sources(ask.connection)
    sources.ref(found[0].sentence_id)
    button = ((ask.button(ask.say("button.article"), "article", to_key(row.id)),),)
    if not names:
        return Answer(ask.intent, found=False, headline=ask.say(f"ask.no_{wanted}", title=title),
                      quotes=sources.quotes(), buttons=button)
    headline = ask.say(f"ask.by_{wanted}", names=", ".join(a.name for a in names))
    fact = Fact(ask.say("ask.of_article", title=title), (1,))
    return Answer(ask.intent, found=True, headline=headline, facts=(fact,), quotes=sources.quotes(), buttons=button)

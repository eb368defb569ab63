"""/doc: what a document is, who issued it when, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.common import entity_buttons, nothing
from bot.ask import Ask, from_key, to_key
from bot.evidence import NEARLY, evidence
from bot.fillers import topic_words
from bot.matching import bare, canon
from bot.paging import page_buttons, page_of
from bot.quotes import Sources, marked_words, quote_of
from bot.types import Answer, Fact
from store.ids import SENTENCES_PER_ARTICLE
from store.queries import Connection, entities
from store.queries_articles import MentionRow, SentenceRow, mentions_in_sentence, mentions_of, sentences
from store.queries_people import DocumentRow, all_documents, document
from store.text import fold, syllables

__all__ = ["NumberAsked", "asked_about", "card", "doc", "find_documents", "read_number"]

PAGE = 6
SENTENCES = 4                       # quoted of what is said of a document
# `01-CTr/TU`, `20 - ctr/tu`, `số 41`, `Chương trình 01`: a number with or without its letters
_CODE = re.compile(
    r"(?<![\w/])(\d{1,5}[a-zđ]?(?:\s*[-–/]\s*\d{4})?(?:\s*[-–/]\s*[^\W\d_]{1,8}){1,4})(?![\w/])", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w/.,-])(?:số|so|no\.?)?\s*(\d{1,5})(?![\w/.,%-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """The number of a document as typed: folded, without spaces; `rest` are the other words."""

    number: str
    rest: tuple[str, ...]


def read_number(text: str) -> NumberAsked | None:
    """The number in a text, None where there is none."""
    match = _CODE.search(text) or _BARE.search(text)
    if match is None:
        return None
    rest = text[: match.start()] + " " + text[match.end():]
    return NumberAsked(_normal(match[1]), canon(rest))


def _normal(number: str) -> str:
    """`20 - CTr/TU` and `20-ctr/tu` are one number."""
    return re.sub(r"\s", "", str(fold(number)).replace("–", "-"))


def doc(ask: Ask) -> Answer:
    """The answer to `/doc`."""
    argument = ask.intent.argument
    key = from_key(argument)
    if key is not None:
        row = document(ask.connection, key)
        return card(ask, row) if row else nothing(ask, ask.say("error.gone"))
    if not argument.strip():
        return nothing(ask, ask.say("doc.ask"))
    found = find_documents(ask, argument)
    if not found:
        return _none(ask, argument)
    return card(ask, found[0]) if len(found) == 1 else listed(ask, found, argument)


def find_documents(ask: Ask, text: str) -> list[DocumentRow]:
    """The documents a number or title means, the most mentioned first."""
    asked = read_number(text)
    by_number = _numbered(ask, asked) if asked else []
    if by_number or (asked and _CODE.search(text)):
        return by_number
    fits = ask.library.documents.find(canon(text))
    best = [fit for fit in fits if fit.how == "equal"] or [fit for fit in fits if fit.accents] or fits
    return _rows(ask, [fit.id for fit in best])


def _rows(ask: Ask, ids: Sequence[int]) -> list[DocumentRow]:
    rows = [row for i in dict.fromkeys(ids) if (row := document(ask.connection, i)) is not None]
    return sorted(rows, key=lambda row: (-len(mentions_of(ask.connection, row.id, 200)), row.name))


def _by_number(connection: Connection) -> dict[str, list[DocumentRow]]:
    """Documents by their whole number and by the digits it begins with."""
    table: dict[str, list[DocumentRow]] = {}
    for row in all_documents(connection):
        if row.number:
            number = _normal(row.number)
            digits = re.match(r"\d+", number)
            for key in dict.fromkeys((number, digits.group().lstrip("0") if digits else number)):
                table.setdefault(key, []).append(row)
    return table


def _numbered(ask: Ask, asked: NumberAsked) -> list[DocumentRow]:
    """Documents of the number; of the kind that was named with it, where one was: `102` alone may be anything."""
    table = ask.library.once("documents by number", _by_number)
    rows = table.get(asked.number) or table.get(asked.number.lstrip("0")) or []
    rest = bare(asked.rest)
    kinds = {tuple(bare(row.kind.split())) for found in table.values() for row in found}
    named = max((kind for kind in kinds if _contains(rest, kind)), key=len, default=None)
    if named is not None:
        rows = [row for row in rows if bare(row.kind.split()) == named]
    elif asked.number.isdigit():
        return []
    others = set(rest) - set(named or ())
    meant = [row for row in rows if others & set(bare(canon(f"{row.title or ''} {row.issuer or ''} {row.term or ''}")))]
    return list(dict.fromkeys(meant or rows))


def _contains(words: Sequence[str], part: Sequence[str]) -> bool:
    return any(tuple(words[i:i + len(part)]) == tuple(part) for i in range(len(words) - len(part) + 1))


def _none(ask: Ask, argument: str) -> Answer:
    asked = read_number(argument)
    table = ask.library.once("documents by number", _by_number)
    near = table.get(asked.number.split("-")[0].split("/")[0].lstrip("0"), []) if asked else []
    rows = entities(ask.connection, [row.id for row in near])
    find = (ask.button(ask.say("button.find", words=argument), "find", argument),)
    return nothing(ask, ask.say("doc.none", name=argument), buttons=(*entity_buttons(ask, rows, "doc", 4), find))


def listed(ask: Ask, rows: Sequence[DocumentRow], asked: str) -> Answer:
    """Several documents of one number or title, each with what tells it apart."""
    shown, page, pages = page_of(rows, ask.intent.page, PAGE)
    sources = Sources(ask.connection)
    facts = []
    for row in shown:
        mention = next(iter(mentions_of(ask.connection, row.id, 1)), None)
        refs = (sources.ref(mention.sentence_id, mention.start, mention.end),) if mention else ()
        facts.append(Fact(_called(ask, row), refs))
    buttons = (*entity_buttons(ask, entities(ask.connection, [row.id for row in shown]), "doc", PAGE),
               page_buttons(ask, page, pages))
    return Answer(
        ask.intent, found=True, headline=ask.say("doc.several", count=len(rows), asked=asked), facts=tuple(facts),
        quotes=sources.quotes(), buttons=buttons, page=page, pages=pages,
        mentioned=tuple(to_key(row.id) for row in shown))


def _called(ask: Ask, row: DocumentRow) -> str:
    """Name, title, issuer, day and term in a line."""
    parts = [row.name[:1].upper() + row.name[1:]]
    if row.title and fold(row.title) not in fold(row.name):
        parts.append(ask.say("doc.about", title=row.title))
    if row.issuer:
        parts.append(ask.say("doc.issuer", name=row.issuer))
    if row.issued:
        parts.append(ask.say("doc.issued", date=ask.say.date(row.issued)))
    if row.term:
        parts.append(ask.say("doc.term", term=row.term))
    return "; ".join(parts)


def card(ask: Ask, row: DocumentRow) -> Answer:
    """One document: what is known, each with the sentence that says it, then where else it is named."""
    mentions = mentions_of(ask.connection, row.id, 200)
    rows = sentences(ask.connection, dict.fromkeys(mention.sentence_id for mention in mentions))
    sources = Sources(ask.connection)
    known = _known(ask, row) if rows else []
    facts = [Fact(text, (sources.ref(_saying(rows, words)),)) for text, words in known]
    _quote_others(rows, mentions, sources)
    articles = len({mention.sentence_id // SENTENCES_PER_ARTICLE for mention in mentions})
    notes = (ask.say("doc.mentioned", articles=articles, sentences=len(rows)),)
    buttons = ((ask.button(ask.say("button.timeline"), "timeline", to_key(row.id)),
                ask.button(ask.say("button.find", words=row.number or row.kind), "find", row.number or row.name)),)
    name = row.name[:1].upper() + row.name[1:]
    return Answer(ask.intent, found=True, headline=name, facts=tuple(facts), quotes=sources.quotes(), notes=notes,
                  buttons=buttons, subject=to_key(row.id))


def _known(ask: Ask, row: DocumentRow) -> list[tuple[str, str]]:
    """Lines about a document, each with the words its sentence must have."""
    known = []
    if row.title and fold(row.title) not in fold(row.name):
        known.append((ask.say("doc.line_about", title=row.title), row.title))
    if row.issuer:
        known.append((ask.say("doc.line_issuer", name=row.issuer), row.issuer))
    if row.issued:
        known.append((ask.say("doc.line_issued", date=ask.say.date(row.issued)), row.issued.rstrip("?")[:4]))
    if row.term:
        known.append((ask.say("doc.line_term", term=row.term), row.term))
    return known


def _saying(rows: Sequence[SentenceRow], words: str) -> int:
    """The sentence that has most of these words; of equal ones the first."""
    wanted = set(bare(canon(words)))
    return max(rows, key=lambda row: len(wanted & set(bare(canon.__wrapped__(row.text))))).id


def _quote_others(rows: Sequence[SentenceRow], mentions: Sequence[MentionRow], sources: Sources) -> None:
    """Marks the document in what is quoted and adds sentences, of other articles first."""
    seen: set[int] = {row.article_id for row in rows if row.id in sources}
    fresh = []
    for row in rows:
        if row.id not in sources:
            fresh.append((row.article_id in seen, row))
            seen.add(row.article_id)
    for _, row in sorted(fresh, key=lambda item: item[0])[:max(0, SENTENCES - len(sources))]:
        sources.ref(row.id)
    for mention in mentions:
        if mention.sentence_id in sources:
            sources.ref(mention.sentence_id, mention.start, mention.end)


def asked_about(ask: Ask, name: str, question: str) -> Answer | None:
    """The card of a document with what was asked for first: issuer, day, subject, who signed; None where no document
    fits. What the store does not know is said, not guessed."""
    found = find_documents(ask, name)
    if not found:
        return None
    row = found[0]
    whole = card(ask, row)
    folded = " " + " ".join(syllables(question)) + " "
    signed = _signed(ask, row) if any(f" {word} " in folded for word in ("ky", "signed")) else None
    said = [text for text, wanted in _wanted(ask, row, folded) if wanted]
    if signed:
        said = [ask.say("doc.signed", name=signed[0]), *(text for text in said if text and row.issued)]
    missing = not any(said)
    if missing:
        return _not_said(ask, whole, question)
    notes = whole.notes if signed or " ky " not in folded else (ask.say("doc.no_signer"), *whole.notes)
    headline = "; ".join(text for text in said if text)
    quotes = whole.quotes
    if signed and not any(q.article_id == s.article_id and q.position == s.position for q in quotes for s in [signed[1]]):
        quotes = (*quotes, quote_of(signed[1]))
    asserted = (Fact(whole.headline, tuple(range(1, min(2, len(quotes)) + 1))), *whole.facts)
    return Answer(ask.intent, found=True, headline=headline, facts=asserted, quotes=quotes, notes=notes,
                  buttons=whole.buttons, subject=whole.subject)


def _not_said(ask: Ask, whole: Answer, question: str) -> Answer:
    """The document is known, the answer is not: the sentences nearest to the question, called so."""
    found = [e for e in evidence(ask.connection, question) if e.with_context >= NEARLY][:3]
    quotes = tuple(quote_of(e.row, marked_words(e.row.text, bare(topic_words(question)))) for e in found) or whole.quotes
    return Answer(ask.intent, found=False, headline=ask.say("doc.not_said", name=whole.headline), quotes=quotes,
                  notes=(ask.say("find.nearest"),), buttons=whole.buttons, subject=whole.subject)


def _wanted(ask: Ask, row: DocumentRow, folded: str) -> list[tuple[str, bool]]:
    """Lines that answer a question, and whether it asks for them."""
    when = any(word in folded for word in (" ngay ", " khi nao ", " bao gio ", " nam nao ", " when "))
    about = any(word in folded for word in (" ve ", " noi gi ", " noi dung ", " la gi ", " quy dinh gi ", " about "))
    by = any(word in folded for word in (" ai ", " co quan ", " don vi ", " cap nao ", " to chuc nao ", " noi nao ", " who "))
    return [
        (ask.say("doc.line_issuer", name=row.issuer) if row.issuer else "", by and not about),
        (ask.say("doc.line_issued", date=ask.say.date(row.issued)) if row.issued else "", when),
        (ask.say("doc.line_about", title=row.title) if row.title else "", about),
    ]


def _signed(ask: Ask, row: DocumentRow) -> tuple[str, SentenceRow] | None:
    """Who a sentence says signed the document: the person named last before `ký` that stands before it."""
    mentions = mentions_of(ask.connection, row.id, 50)
    for mention in mentions:
        sentence = sentences(ask.connection, [mention.sentence_id])[0]
        before = sentence.text[: mention.start - sentence.start]
        sign = re.search(r"\bký\b", before)
        people = [m for m in mentions_in_sentence(ask.connection, sentence.id) if m.entity_kind == "person"]
        named = [m for m in people if sign and m.end - sentence.start <= sign.start()]
        if named:
            return named[-1].name, sentence
    return None

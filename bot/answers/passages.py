"""/find: passages by words, a phrase in quotes or a code, with filters; and passages as a last resort for questions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.common import nothing
from bot.ask import Ask, from_key, to_key
from bot.fillers import topic_words
from bot.paging import page_buttons, page_of
from bot.quotes import marked_phrase, marked_words, quote_of
from bot.titles import called
from bot.types import Answer, Button, Quote
from bot.when import read_when
from store.queries_articles import SentenceRow, neighbours
from store.search import Passage, SearchFilter, search
from store.search_query import SearchQuery, parse_query
from store.search_words import accented_words
from store.text import fold

__all__ = ["find", "fits", "near", "not_there", "passage_quotes"]

PAGE = 4
MOST = 40                           # passages a query is answered with: eight pages
WHOLE = 0.999
SENTENCE = 0.6                      # of the words in one sentence, where the article has all of them
AROUND = 3
MOST_WORDS = 9                      # of a name that is looked for as a phrase
_FILTER = re.compile(r"(?<!\w)(từ|tu|đến|den|nguồn|nguon|from|to|until|source)\s*:\s*(\"[^\"]+\"|\S+)", re.IGNORECASE)


def find(ask: Ask) -> Answer:
    """The answer to `/find`."""
    text, only = _filters(ask.intent.argument)
    if not accented_words(text):
        return nothing(ask, ask.say("find.ask"))
    query = parse_query(text)
    if _says_too_little(text, query):
        return nothing(ask, ask.say("find.too_common", words=_unquoted(text)))
    found = search(ask.connection, text, MOST, only)
    fitting = [passage for passage in found if fits(query, passage)]
    if not fitting and _spaced(text) != text:           # `43A-29999` printed as `43 A -29999`
        query = parse_query(_spaced(text))
        fitting = [passage for passage in search(ask.connection, _spaced(text), MOST, only) if fits(query, passage)]
    if not fitting:
        return _nearest(ask, text, found, query)
    shown, page, pages = page_of(fitting, ask.intent.page, PAGE)
    more = "+" if len(fitting) >= MOST else ""
    headline = ask.say("find.found", count=f"{len(fitting)}{more}", words=_unquoted(text))
    return Answer(
        ask.intent, found=True, headline=headline, quotes=passage_quotes(shown, query),
        buttons=(_around_buttons(ask, shown), page_buttons(ask, page, pages)), page=page, pages=pages,
        mentioned=tuple(to_key(passage.article_id) for passage in shown))


def _unquoted(text: str, longest: int = 80) -> str:
    """The words as they stand between the quotes of a headline, which has its own; not all of a pasted paragraph."""
    words = " ".join(re.sub('["“”«»]', " ", text).split())
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + "…"


def _spaced(text: str) -> str:
    """Letters and digits of a number apart."""
    return re.sub(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)", " ", text)


def _says_too_little(text: str, query: SearchQuery) -> bool:
    """Single letters, and words that every article has."""
    words = [word for word in topic_words(text, or_all=False) if len(word) > 1 or word.isdigit()]
    return not words and not any(len(phrase.words) > 1 for phrase in query.phrases)


def not_there(ask: Ask, key: str, name: str) -> Answer:
    """Nobody and nothing is known by a name; sentences that have it as a phrase are quoted, a search is offered."""
    found = search(ask.connection, f'"{name}"', 2) if len(accented_words(name)) < MOST_WORDS else []
    find = (ask.button(ask.say("button.find", words=name), "find", name),)
    return Answer(ask.intent, found=False, headline=ask.say(key, name=name), buttons=(find,),
                  quotes=passage_quotes(found, parse_query(f'"{name}"')),
                  notes=(ask.say("find.named_there"),) if found else ())


def fits(query: SearchQuery, passage: Passage) -> bool:
    """Whether a passage has what was asked for: every word in the sentence, or nearly so and the rest in its article;
    words typed with diacritics with the same ones."""
    if query.phrases and passage.coverage >= SENTENCE:
        return True
    if passage.coverage >= WHOLE or (passage.article_coverage >= WHOLE and passage.coverage >= SENTENCE):
        return not query.accented or _accents(query, passage)
    return False


def _accents(query: SearchQuery, passage: Passage) -> bool:
    """Whether most words of the sentence that were asked for are spelt as typed (`Quân ủy` is no `Quận ủy`)."""
    printed = set(accented_words(passage.text))
    return sum(word in printed for word in query.accented) >= SENTENCE * len(query.accented)


def _filters(argument: str) -> tuple[str, SearchFilter]:
    """`chống tham nhũng từ:2019 đến:6/2020 nguồn:vtc` → the words, the filter."""
    source = first = last = None
    for name, value in _FILTER.findall(argument):
        value = value.strip('"')
        if name.lower() in ("nguồn", "nguon", "source"):
            source = value
            continue
        whens = read_when(value)[1]
        if whens and whens[0].year:
            if name.lower() in ("từ", "tu", "from"):
                first = whens[0].first
            else:
                last = whens[0].last
    return _FILTER.sub(" ", argument), SearchFilter(source, first, last)


def passage_quotes(found: Sequence[Passage], query: SearchQuery) -> tuple[Quote, ...]:
    """Passages as sources, the words asked for marked."""
    return tuple(_quote(passage, query) for passage in found)


def _quote(passage: Passage, query: SearchQuery) -> Quote:
    row = SentenceRow(passage.sentence_id, passage.article_id, passage.source, passage.title, passage.published,
                      passage.position, passage.start, passage.end, passage.kind, passage.text)
    marks = [span for phrase in query.phrases for span in marked_phrase(passage.text, [fold(w) for w in phrase.words])]
    return quote_of(row, marks or marked_words(passage.text, query.words))


def _around_buttons(ask: Ask, found: Sequence[Passage]) -> tuple[Button, ...]:
    """`1 2 3`: each opens what stands around its passage."""
    return tuple(ask.button(str(number), "near", f"{to_key(p.article_id)}.{p.position}")
                 for number, p in enumerate(found, 1))


def _nearest(ask: Ask, text: str, found: Sequence[Passage], query: SearchQuery) -> Answer:
    """No passage has it all: said, with the nearest ones as such."""
    close = [p for p in found if max(p.coverage, p.article_coverage * 0.8) >= 0.5][:3]
    headline = ask.say("find.none", words=_unquoted(text))
    return Answer(
        ask.intent, found=False, headline=headline, quotes=passage_quotes(close, query),
        notes=(ask.say("find.nearest"),) if close else (), buttons=(_around_buttons(ask, close),) if close else ())


def near(ask: Ask) -> Answer:
    """What stands around a sentence: `near #article.position`."""
    key, _, position = ask.intent.argument.partition(".")
    article = from_key(key)
    rows = neighbours(ask.connection, article, int(position), AROUND) if article and position.isdigit() else []
    if not rows or article is None:
        return nothing(ask, ask.say("error.gone"))
    article_button = ask.button(ask.say("button.article"), "article", key)
    return Answer(
        ask.intent, found=True, headline=ask.say("find.around", title=called(ask.connection, article, rows[0].title, rows[0].source)),
        quotes=tuple(quote_of(row) for row in rows), buttons=((article_button,),), mentioned=(key,))


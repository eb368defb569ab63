"""One entity per real thing across the corpus, whatever the order of ingest.

Names with one key are one thing, unless `store.link_namesakes` tells them apart. Only keys that a run touched are linked anew;
the result is that of a fresh ingest of the same articles, because it depends on nothing but the local names of a key.
"""

from __future__ import annotations

import json
import re
import sqlite3
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files

from store import queries_judge as judge
from store import queries_link as sql
from store.annotate.organizations_names import CITIES
from store.ids import stable_id
from store.judgements import NO_RULINGS, Rulings
from store.link_evidence import bare_body
from store.link_keys import number_parts, written_out
from store.link_namesakes import LocalName, Thing, things
from store.link_parents import Body, parents
from store.text import fold, plain

__all__ = ["link"]

_ABBREVIATION = re.compile(r"\b[A-ZĐƯ]{2,}\b|\b(?:TP|T\.Ư|TƯ)\b")


def link(db: sqlite3.Connection, rulings: Rulings = NO_RULINGS) -> None:
    """Links the keys that wait for it, as the curators judged; call it inside a transaction."""
    _prepare(db, rulings)
    judged: dict[int, list[tuple[int, Thing]]] = defaultdict(list)
    for kind, key, rows in sql.unlinked_names(db):
        names = tuple(LocalName(kind, key, a, n, e, tuple(json.loads(s)), json.loads(v), d) for a, n, e, s, v, d in rows)
        for thing in rulings.divided(kind, key, things(names)):
            entity = stable_id(kind, key, thing.mark)
            if rulings.concerns(entity):
                judged[rulings.final(entity)].append((entity, thing))
            else:
                _store(db, entity, thing, rulings)
    for entity, parts in sorted(judged.items()):
        _store_judged(db, entity, parts, rulings)
    sql.drop_orphans(db)
    _name_posts(db)
    _hierarchy(db)
    sql.forget_unlinked(db)


def _prepare(db: sqlite3.Connection, rulings: Rulings) -> None:
    """Keys whose names end up in one thing wait together, and what others may refer to is there."""
    for group in rulings.together():
        if judge.touched(db, group):
            judge.touch(db, group)
            for judgement in rulings.judgements:
                if judgement.action == "merge" and judgement.keys <= group:
                    subject = judgement.subjects[0]
                    judge.ensure_entity(db, rulings.final(subject.id), subject.kind, subject.name)


def _store(db: sqlite3.Connection, entity: int, thing: Thing, rulings: Rulings) -> None:
    kind, names = thing.names[0].kind, thing.names
    canonical = rulings.name_of(entity) or canonical_name(names)
    sql.put_entity(db, entity, kind, canonical, thing.distinction)
    for name in names:
        if name.entity != entity:
            sql.move(db, name.article, name.entity, entity)
    given = ((alias, "alias", fold(alias)) for alias in rulings.aliases_of(entity))
    sql.put_names(db, entity, {row[0]: row for row in (*given, *spellings(canonical, names))}.values())
    if kind == "document":
        _store_document(db, entity, thing, rulings)


def _store_judged(db: sqlite3.Connection, entity: int, parts: list[tuple[int, Thing]], rulings: Rulings) -> None:
    """A thing that curators judged: several made one, or one taken out."""
    names = tuple(name for _, thing in parts for name in thing.names)
    hidden = entity in rulings.hidden
    judge.note_articles(db, rulings.by_entity[entity] & rulings.moving, sorted(_irreversible(entity, parts, hidden)))
    if hidden:
        for name in names:
            judge.drop_name(db, name.article, name.entity)
        return
    lead = next((thing for own, thing in parts if own == entity), parts[0][1])
    first = rulings.name_of(entity) or canonical_name(lead.names)
    _store(db, entity, Thing(names, lead.mark, lead.distinction), rulings.called(entity, first))
    for own in {own for own, _ in parts} - {entity}:
        judge.point_elsewhere(db, own, entity)


def _irreversible(entity: int, parts: list[tuple[int, Thing]], hidden: bool) -> set[int]:
    """The articles that linking alone could not lead back: those whose names are taken out; where a body or place became
    another one, to which posts and events refer; and those that have several names of what is one thing now."""
    if hidden:
        return {name.article for _, thing in parts for name in thing.names}
    moved = Counter(name.article for own, thing in parts for name in thing.names if own != entity)
    if parts[0][1].names[0].kind in ("organization", "place"):
        return set(moved)
    every = Counter(name.article for _, thing in parts for name in thing.names)
    return {article for article in moved if every[article] > 1}


_LINK = tomllib.loads((files("store") / "lexicon" / "link.toml").read_text(encoding="utf-8"))
_USUAL = frozenset(_LINK["canonical"]["usual"])
_WORDS_OF_CAPITALS = re.compile(r"\b[A-ZĐƯ]{2,}\b")
_UNIT_BEFORE = re.compile(r"(?:nước|thủ đô|thành phố|TP\.?)\s+(?=\S)", re.IGNORECASE)
_BY_ITSELF = frozenset(CITIES) - {"hồ chí minh"}


def canonical_name(names: Iterable[LocalName]) -> str:
    """The name most articles use, of a body one that says all (`UBND TP. HCM`, not `UBND TP`, not `UB TP HCM`); of equally frequent ones
    the longest, then the first in the alphabet. Countries and great cities go without their unit: `Trung Quốc`, `Hà Nội`."""
    listed = list(names)
    count = Counter(name.name for name in listed)
    if listed[0].kind == "place":
        return _usual_place(min(count, key=lambda name: (-count[name], -len(name), name)))
    if listed[0].kind == "organization":
        full = [name for name in count if not bare_body(name) and _says_all(name)] or [name for name in count if not bare_body(name)]
        count = Counter({name: count[name] for name in full}) if full else count
        best = min(count, key=lambda name: (-count[name], -len(name), name))
        return _capital(best)
    return min(count, key=lambda name: (-count[name], -len(name), name))


def _says_all(name: str) -> bool:
    """Whether a body's name has no initials but the usual ones; a name that is nothing but initials (`ASEAN`) is one."""
    return " " not in name or _USUAL.issuperset(_WORDS_OF_CAPITALS.findall(name))


def _usual_place(name: str) -> str:
    unit = _UNIT_BEFORE.match(name)
    rest = name[unit.end():] if unit else ""
    by_itself = rest.lower() in _BY_ITSELF or (unit is not None and unit[0].lower().startswith("nước") and rest[:1].isupper())
    return rest if by_itself else name


def spellings(canonical: str, names: Iterable[LocalName]) -> Iterator[tuple[str, str, str]]:
    """Every spelling with its kind and folded form; what differs in letter case, tone placement or spaces only counts once, and a
    body's bare head (`Sở`, `Hội`) is no name."""
    seen = {canonical.lower()}
    yield canonical, "canonical", fold(canonical)
    every = {" ".join(plain(text).split()): name.kind for name in names for text in (name.name, *name.surfaces)}
    for text in sorted(every):
        bare = every[text] == "organization" and " " not in text and not text.isupper()
        if text and not bare and text.lower() not in seen:
            seen.add(text.lower())
            yield text, _kind_of(text, canonical), fold(text)


def _kind_of(text: str, canonical: str) -> str:
    short, full = fold(text), fold(canonical)
    if _ABBREVIATION.search(text) and len(short) < len(full):
        return "abbreviation"
    return "short" if len(short) < len(full) and f" {short} " in f" {full} " else "alias"


def _store_document(db: sqlite3.Connection, entity: int, thing: Thing, rulings: Rulings) -> None:
    facts = [tuple(fact) for name in thing.names for fact in name.evidence.get("facts", [])]
    kind, number, _, issued, term, title, issuer = (_most(fact[i] for fact in facts) for i in range(7))
    if not term and number and number_parts(number).get("issuer") == "tu":      # its years stand behind its title
        term = _most(str(row[0]) for name in thing.names for row in name.evidence.get("years", []))
    issuer_id = rulings.final(stable_id("organization", issuer, "")) if issuer else None
    issuer_id = None if issuer_id in rulings.hidden else issuer_id
    first = canonical_name(thing.names).split()
    sql.put_document(db, (entity, kind or (first[0] if first else ""), number, issuer_id, issued, term, title))


def _most(values: Iterable[str | None]) -> str | None:
    """The most frequent value, of equals the longest, then the first in the alphabet."""
    count = Counter(value for value in values if value)
    return min(count, key=lambda value: (-count[value], -len(value), value)) if count else None


def _name_posts(db: sqlite3.Connection) -> None:
    """A post is called what most sentences call it, with a capital; of equals the longest, then the first in the alphabet."""
    counts: dict[tuple[int, str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    for post, name, title, worded, head, count in sql.post_wordings(db):
        counts[post, name, title][_capital(worded), _capital(head)] += count
    wanted = {key: min(count, key=lambda one: (-count[one], -len(one[0]), one)) for key, count in counts.items()}
    sql.name_posts(db, [
        (name, title, fold(written_out(name)), post)
        for (post, *old), (name, title) in wanted.items() if old != [name, title]
    ])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _hierarchy(db: sqlite3.Connection) -> None:
    """Sets the parents of bodies where they changed."""
    bodies = [Body(*row) for row in sql.organization_keys(db)]
    old = {body.id: body.parent for body in bodies}
    sql.set_parents(db, [(parent, entity) for entity, parent in parents(bodies).items() if parent != old[entity]])

"""Which local names under one key mean one thing, and which are namesakes.

Persons   posts in different provinces, or of the country here and of a province there, make two, unless an article names both
          or a rank of the whole country holds them together; articles without posts go to whom their province fits.
Places    `tỉnh Quảng Ngãi` and `thành phố Quảng Ngãi` are two; the bare name is the higher one.
Documents the same number in another term, of another province, of another year is another document.

All of it depends on the set of local names alone, never on their order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from store.edtf import bounds
from store.link_evidence import CENTRAL, COMMON_SURNAMES, areas, is_central, is_leader, is_rank, unit_of_place, unit_rank
from store.link_keys import number_parts

__all__ = ["LocalName", "Thing", "things"]

Evidence = dict[str, list[list[str | None]]]


@dataclass(frozen=True, slots=True)
class LocalName:
    """What one article calls one thing."""

    kind: str
    key: str
    article: int
    name: str
    entity: int                     # what it is linked to now
    surfaces: tuple[str, ...]
    evidence: Evidence
    day: str                        # of the article, EDTF or empty


@dataclass(frozen=True, slots=True)
class Thing:
    """Local names that mean one thing; `distinction` tells namesakes apart."""

    names: tuple[LocalName, ...]
    mark: str = ""                  # goes into the id; empty for the only or most frequent one
    distinction: str | None = None


@dataclass(slots=True)
class _Cluster:
    """Articles that speak of one thing, with what holds them together."""

    articles: list[int] = field(default_factory=list)
    marks: Counter[str] = field(default_factory=Counter)


def things(names: Sequence[LocalName]) -> list[Thing]:
    """The things that one key stands for, the most frequent first."""
    split = _SPLIT.get(names[0].kind)
    clusters = split(names) if split else []
    if len(clusters) < 2:
        return [Thing(tuple(names), distinction=_title_of_its_article(names))]
    by_article = defaultdict(list)
    for name in names:
        by_article[name.article].append(name)
    ordered = sorted(clusters, key=lambda c: (-len(c.articles), _label(c)))
    return [
        Thing(tuple(n for article in sorted(c.articles) for n in by_article[article]), _label(c) if i else "", _label(c) or None)
        for i, c in enumerate(ordered)
    ]


def _title_of_its_article(names: Sequence[LocalName]) -> str | None:
    """Of a bare `Tỉnh ủy` that means something in its article alone: that article's headline, up to some words."""
    title = next((str(row[0]) for name in names for row in name.evidence.get("article", []) if row[0]), None)
    return " ".join(title.split()[:_TITLE_WORDS]) + ("…" if len(title.split()) > _TITLE_WORDS else "") if title else None


_TITLE_WORDS = 8


def _label(cluster: _Cluster) -> str:
    """The mark that most of its articles have, as it is shown: `Đà Nẵng`."""
    if not cluster.marks:
        return ""
    mark = min(cluster.marks, key=lambda m: (-cluster.marks[m], m))
    return mark.title() if areas(mark) else mark.capitalize() if mark == CENTRAL else mark


# ------------------------------------------------------------------------------------------------------------- persons

_ALONE = 20
"""One article against so many others is a slip of the pen or of a rule, no namesake."""


def _persons(names: Sequence[LocalName]) -> list[_Cluster]:
    """Clusters of articles by the provinces of a person's posts."""
    if _rare(names[0].key):
        return []
    grouped = dict(_grouped(names))
    marks = {article: _marks(group) for article, group in grouped.items()}
    clusters = _connected({article: found for article, found in marks.items() if found})
    if len(clusters) < 2:
        return []
    biggest = max(clusters, key=lambda c: (len(c.articles), _label(c)))
    clusters = _with_ranks(clusters, grouped)
    if len(clusters) < 2:
        return []
    homes = [c for c in clusters if len(c.articles) > 1 or len(biggest.articles) < _ALONE]
    homed = {article for cluster in homes for article in cluster.articles}
    for article in sorted(set(grouped) - homed):
        near = _near(grouped[article])
        fitting = [c for c in homes if near & set(c.marks)]
        home = max(fitting, key=lambda c: (sum(c.marks[a] for a in near), _label(c))) if fitting else biggest
        home.articles.append(article)
    return homes


def _with_ranks(clusters: list[_Cluster], grouped: dict[int, list[LocalName]]) -> list[_Cluster]:
    """A cluster that knows only a rank of the whole country (`Ủy viên Bộ Chính trị`) is the head of a province where there is one: he
    has such a rank, though no article may name both."""
    ranks = [c for c in clusters if all(_posts_are(is_rank, grouped[article], every=True) for article in c.articles)]
    heads = [c for c in clusters if c not in ranks and any(_posts_are(is_leader, grouped[article]) for article in c.articles)]
    if len(ranks) != 1 or len(heads) != 1:
        return clusters
    heads[0].articles += ranks[0].articles
    heads[0].articles.sort()
    heads[0].marks.update(ranks[0].marks)
    return [c for c in clusters if c is not ranks[0]]


def _posts_are(kind: Callable[[str], bool], names: Iterable[LocalName], *, every: bool = False) -> bool:
    """Whether the posts of the country that an article names are all of a kind, or one of its posts is."""
    posts = [str(row[0]) for name in names for row in name.evidence.get("posts", [])]
    central = [post for post in posts if is_central(post)]
    return bool(central) and all(map(kind, central)) if every else any(map(kind, posts))


def _rare(name: str) -> bool:
    """A surname that is not one of the most common, or four syllables without `Văn` or `Thị`: such names hardly ever have two bearers
    in the news, and people change provinces."""
    words = name.split()
    return words[0] not in COMMON_SURNAMES or (len(words) >= 4 and not {"văn", "thị"} & set(words))


def _marks(names: Iterable[LocalName]) -> set[str]:
    """The provinces that a person's posts in one article name, `trung ương` for posts of the country."""
    posts = [(str(row[0]), str(row[1] or "")) for name in names for row in name.evidence.get("posts", [])]
    found = {area for post, _ in posts for area in areas(post)}
    return found | ({CENTRAL} if any(is_central(post) or is_central(body) for post, body in posts) else set())


def _near(names: Iterable[LocalName]) -> set[str]:
    """The provinces that an article's bodies and places speak of."""
    found: set[str] = set()
    for name in names:
        found.update(area for row in name.evidence.get("posts", []) for area in areas(str(row[1] or "")))
        found.update(str(row[0]) for row in name.evidence.get("near", []))
    return found


def _connected(marks: dict[int, set[str]]) -> list[_Cluster]:
    """Articles that share a mark, directly or through others."""
    parent = {mark: mark for found in marks.values() for mark in found}

    def root(mark: str) -> str:
        while parent[mark] != mark:
            mark = parent[mark]
        return mark

    for found in marks.values():
        first, *others = sorted(found)
        for other in others:
            low, high = sorted((root(first), root(other)))
            parent[high] = low
    clusters: dict[str, _Cluster] = defaultdict(_Cluster)
    for article, found in sorted(marks.items()):
        cluster = clusters[root(next(iter(found)))]
        cluster.articles.append(article)
        cluster.marks.update(found)
    return [clusters[mark] for mark in sorted(clusters)]


# -------------------------------------------------------------------------------------------------------------- places

def _places(names: Sequence[LocalName]) -> list[_Cluster]:
    """Clusters by unit; the bare name is the province, else the place that is named most often."""
    clusters: dict[str, _Cluster] = defaultdict(_Cluster)
    bare = []
    for article, group in _grouped(names):
        units = {unit for name in group if (unit := unit_of_place(name.name))}
        if units:
            unit = min(units, key=unit_rank)
            clusters[unit].articles.append(article)
            clusters[unit].marks[unit] += 1
        else:
            bare.append(article)
    if clusters:
        home = min(clusters, key=lambda unit: (unit != "tỉnh", -len(clusters[unit].articles), unit_rank(unit)))
        clusters[home].articles += bare
    return [clusters[unit] for unit in sorted(clusters, key=unit_rank)]


# ----------------------------------------------------------------------------------------------------------- documents

_TELLING = ("term", "period", "year", "area", "kind letters", "issuer letters", "unknown")
"""What may tell two documents of one number apart, as it is shown beside their name; the first that differs is enough."""
_UNKNOWN = {"unknown": "không rõ"}


@dataclass(frozen=True, slots=True)
class _Said:
    """What an article says of a document, and the party term it speaks in where it does not say of which term the document is."""

    article: int
    known: dict[str, str]
    spoken_in: str


def _documents(names: Sequence[LocalName]) -> list[_Cluster]:
    """Clusters by what is known of number, term, year and issuer: the best known first, each to the one that it does not
    contradict; what fits several of them equally stays by itself."""
    said = [_said(article, group) for article, group in _grouped(names)]
    said.sort(key=lambda one: (-len(one.known), sorted(one.known.items()), one.spoken_in, one.article))
    clusters: list[tuple[_Cluster, dict[str, str]]] = []
    for one in said:
        home = _home(one, clusters)
        if home is None:
            fits_many = not one.spoken_in and _fitting(one.known, clusters)
            home = _Cluster(), {"period": one.spoken_in} if one.spoken_in else dict(_UNKNOWN if fits_many else {})
            clusters.append(home)
        home[0].articles.append(one.article)
        home[1].update(one.known)
    return _marked(clusters)


def _home(one: _Said, clusters: list[tuple[_Cluster, dict[str, str]]]) -> tuple[_Cluster, dict[str, str]] | None:
    """The one cluster that agrees best with what an article says; of terms spoken in, the same or else the last before."""
    fitting = _fitting(one.known, clusters)
    if one.spoken_in and "period" not in one.known and any("period" in facts for _, facts in fitting):
        before = [c for c in fitting if c[1].get("period", "9999") <= one.spoken_in]
        last = max((c[1]["period"] for c in before), default="")
        fitting = [c for c in before if c[1]["period"] == last]
    shared = [len(facts.items() & one.known.items()) for _, facts in fitting]
    best = [c for c, count in zip(fitting, shared, strict=True) if count == max(shared)]
    return best[0] if len(best) == 1 else next((c for c in best if "unknown" in c[1]), None)


def _fitting(known: dict[str, str], clusters: list[tuple[_Cluster, dict[str, str]]]) -> list[tuple[_Cluster, dict[str, str]]]:
    return [c for c in clusters if all(c[1].get(name, value) == value for name, value in known.items())]


def _marked(clusters: list[tuple[_Cluster, dict[str, str]]]) -> list[_Cluster]:
    """The clusters, each with the first fact that tells it from all others, or with all that are known of it."""
    every = [facts for _, facts in clusters]
    for cluster, facts in clusters:
        telling = [name for name in _TELLING if name in facts]
        alone = next((name for name in telling if sum(other.get(name) == facts[name] for other in every) == 1), None)
        shown = facts[alone] if alone else ", ".join(facts[name] for name in telling)
        cluster.marks.update([shown] if shown else [])
    return [cluster for cluster, _ in clusters]


def _said(article: int, names: Sequence[LocalName]) -> _Said:
    """What an article says of a document. A province's committee numbers its programmes anew in every term, so the day of the article
    decides; a paper of the Central Committee may be spoken of in the terms after its own."""
    known: dict[str, str] = {}
    spoken_in = ""
    for name in names:
        for kind, number, issuer, issued, term, _ in (tuple(row[:6]) for row in name.evidence.get("facts", [])):
            parts = number_parts(number or "")
            letters = parts.get("issuer", "")
            known.update({f"{key} letters": value for key, value in parts.items() if key in ("kind", "issuer")})
            year = parts.get("year") or (bounds(issued)[0] or "")[:4]
            known.update({"year": year} if year else {})
            if letters in _PARTY:
                years = " ".join(str(row[0]) for row in name.evidence.get("years", [])) if letters == "tu" else ""
                congress = _congress(term or "") if letters == "tw" else ""
                stated = _period(term or "") or congress or _period(years) or _period(year)
                day = _period((bounds(name.day)[0] or "")[:4])
                period = stated or (day if letters == "tu" else "")
                known.update({"period": period} if period else {})
                spoken_in = "" if stated else day
            if letters == "tu":
                where = areas((issuer or "").lower()) or tuple(str(r[0]) for r in name.evidence.get("near", [])[:1])
                known.update({"area": where[0]} if where else {})
            if kind and not parts and term:
                known["term"] = term
    return _Said(article, known, spoken_in)


_PARTY = frozenset({"tu", "tw"})
_CONGRESS = re.compile(r"\b(?:khóa|đại hội)\s+([ivx]+)\b", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_CONGRESSES = 1955          # the term of congress N is 1955 + 5 N and the next five years, since VI: `khóa XII` is 2015-2020


def _congress(term: str) -> str:
    """The years of a national congress: `khóa XII` → `2015-2020`; a province counts its own congresses, whose number tells nothing."""
    match = _CONGRESS.search(term)
    number = _arabic(match[1].lower()) if match else 0
    first = _CONGRESSES + 5 * number
    return f"{first}-{first + 5}" if number >= 6 else ""


def _arabic(roman: str) -> int:
    values = [_ROMAN[letter] for letter in roman]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def _period(text: str) -> str:
    """The party term that a year or a span of years lies in: `2021-2025` and `2022` → `2020-2025`."""
    years = [int(text[i:i + 4]) for i in range(len(text) - 3) if text[i:i + 4].isdigit() and text[i:i + 2] in ("19", "20")]
    if not years:
        return ""
    first = years[0] - (years[0] - (0 if len(years) > 1 else 1)) % 5
    return f"{first}-{first + 5}"


def _grouped(names: Iterable[LocalName]) -> list[tuple[int, list[LocalName]]]:
    groups: dict[int, list[LocalName]] = defaultdict(list)
    for name in names:
        groups[name.article].append(name)
    return sorted(groups.items())


_SPLIT: dict[str, Callable[[Sequence[LocalName]], list[_Cluster]]] = {
    "person": _persons, "place": _places, "document": _documents,
}

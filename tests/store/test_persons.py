"""Persons of sentences (tests/data/persons.txt), their offsets, and inputs that must not blow up."""

from __future__ import annotations

from pathlib import Path

import pytest
from pages import page_of

from store.annotate import persons, shortforms_persons
from store.annotate.persons_lexicon import listed, table
from store.annotate.persons_names import decode, name_score

TABLE = Path(__file__).parent.parent / "data" / "persons.txt"


def rows() -> list[tuple[str, set[str]]]:
    """The table's texts with the names they hold."""
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    split = (line.split("=>") for line in lines)
    return [(text.strip().replace(" / ", "\n"), {name.strip() for name in names.split(";") if name.strip()})
            for text, names in split]


@pytest.mark.parametrize(("text", "expected"), rows(), ids=[row[0][:50] for row in rows()])
def test_persons_of_a_text(text: str, expected: set[str]) -> None:
    page = page_of(text)
    persons.annotate(page)
    shortforms_persons.annotate(page)
    found = page.of("person")
    assert {mention.name for mention in found} == expected
    assert all(page.article.text[m.start:m.end] == m.surface for m in found)


@pytest.mark.parametrize(("run", "pieces"), [
    ("Hà Nội Ngô Thị Thu Cúc", [("place", 0, 2), ("person", 2, 6)]),
    ("Hồ Chí Minh Nguyễn Xuân Vọng", [("place", 0, 3), ("person", 3, 6)]),
    ("Hoàng Mai Nguyễn Khắc Bền", [("place", 0, 2), ("person", 2, 5)]),
    ("Lê Trần Nguyên Huy", [("person", 0, 4)]),
    ("Nguyễn Thị Minh Khai", [("person", 0, 4)]),
])
def test_runs_are_cut(run: str, pieces: list[tuple[str, int, int]]) -> None:
    assert [(p.kind, p.first, p.last) for p in decode(run.split()) if p.kind != "other"] == pieces


@pytest.mark.parametrize("text", [
    " ".join(["Nguyễn"] * 40), "Lê Văn " * 3_000, "A " * 10_000, "ông " * 20_000, "Nguyễn Thị Thu Cúc, " * 1_000,
    "\u0110\u00d0 Đỗ\u00a0Thu\u00a0Cúc", "",
])
def test_odd_input_ends_soon(text: str) -> None:
    page = page_of(text)
    persons.annotate(page)
    shortforms_persons.annotate(page)
    assert all(page.article.text[m.start:m.end] == m.surface for m in page.of("person"))


def test_decomposed_letters_and_other_spaces_are_the_same_name() -> None:
    page = page_of("Ông Le\u0302 \u0110a\u0306ng\u00a0Kho\u0302i đến.")
    persons.annotate(page)
    assert [m.name for m in page.of("person")] == ["Lê Đăng Khôi"]


def test_surnames_score_by_class() -> None:
    strong, usual, weak = (name_score((word, "Thu", "Cúc")) for word in ("Nguyễn", "Mai", "Hà"))
    assert strong > usual > weak


@pytest.mark.parametrize("name", ["surnames.toml", "given.toml", "not_persons.toml", "forms_of_address.toml", "titles.toml",
                                  "title_tails.toml", "foreign_names.toml"])
def test_lexicons_hold_words_only(name: str) -> None:
    for key, text in table(name).items():
        assert isinstance(text, str), key
        assert all(entry == entry.strip() and "  " not in entry for entry in listed(text)), key

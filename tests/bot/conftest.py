"""The seeds as a store, made once for all tests of the bot that ask it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.engine import Engine
from store.ingest import ingest

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="session")
def seed_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "seeds.db"
    report = ingest([str(SEEDS)], path)
    assert report.count("failed") == 0
    return path


@pytest.fixture(scope="session")
def seed_engine(seed_db: Path) -> Iterator[Engine]:
    engine = Engine(seed_db)
    yield engine
    engine.close()

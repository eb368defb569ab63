"""Which events of several articles are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from bot.twins import twins_of


@dataclass(frozen=True)
class Event:
    """What twins look at."""

    id: int
    article_id: int
    name: str
    date: str | None = "2019-10-14"
    kind: str = "hội nghị"
    time_of_day: str | None = None


@dataclass(frozen=True)
class Host:
    """An organizer."""

    event_id: int
    name: str
    role: str = "organizer"


A, B = "Thành ủy Tân Phong", "Sở Y tế Tân Phong"
SAME = [
    # first, second, organizers, whether they are one
    (Event(1, 1, "hội nghị sơ kết chương trình nước sạch"), Event(2, 2, "hội nghị sơ kết về nước sạch"), (A, A), True),
    (Event(1, 1, "hội nghị"), Event(2, 2, "hội nghị sơ kết về nước sạch"), (A, A), True),
    (Event(1, 1, "hội nghị", "2019-10-14?"), Event(2, 2, "hội nghị"), (A, A), True),
    (Event(1, 1, "hội nghị"), Event(2, 1, "hội nghị"), (A, A), False),
    (Event(1, 1, "hội nghị"), Event(2, 2, "hội nghị"), (A, B), False),
    (Event(1, 1, "hội nghị"), Event(2, 2, "hội nghị"), ("", ""), False),
    (Event(1, 1, "hội nghị", None), Event(2, 2, "hội nghị", None), (A, A), False),
    (Event(1, 1, "hội nghị"), Event(2, 2, "hội nghị", "2019-10-15"), (A, A), False),
    (Event(1, 1, "hội nghị"), Event(2, 2, "lễ ký kết", kind="lễ ký kết"), (A, A), False),
    (Event(1, 1, "hội nghị", time_of_day="sáng"), Event(2, 2, "hội nghị", time_of_day="chiều"), (A, A), False),
    (Event(1, 1, "hội nghị sơ kết chương trình nước sạch"), Event(2, 2, "hội nghị công bố quyết định cán bộ"), (A, A), False),
]


@pytest.mark.parametrize(("first", "second", "hosts", "one"), SAME)
def test_one_event_in_two_articles(first: Event, second: Event, hosts: Sequence[str], one: bool) -> None:
    there = [Host(event.id, host) for event, host in zip((first, second), hosts, strict=True) if host]
    groups = twins_of([first, second], there)  # type: ignore[arg-type]  # the columns that matter
    assert [len(group) for group in groups] == ([2] if one else [1, 1])

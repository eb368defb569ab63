"""Lookup of names, measured: recall and latency of the name index beside rapidfuzz's brute force in the same run.

    python tests/bench/names.py [--sizes 10000,100000,1000000] [--queries 300] [--peer-queries 30]

Names are put together from closed lists of Vietnamese surnames, middle and given names with about their real
frequencies, the same ones every time, each with a number of mentions (few are in the news often). They are asked for
at random, not by frequency, half of them typed with diacritics. A query finds its name when the name comes back or,
where the query was typed without diacritics, another that reads the same without them: nobody could tell them apart.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Iterator
from itertools import accumulate

from rapidfuzz import fuzz, process

from store.nameindex import NameIndex
from store.text import fold

SURNAMES = """
Nguyễn:384 Trần:121 Lê:95 Phạm:70 Hoàng:51 Huỳnh:51 Phan:45 Vũ:39 Võ:39 Đặng:21 Bùi:20 Đỗ:14 Hồ:13 Ngô:13 Dương:10
Lý:5 Đinh:8 Đào:6 Đoàn:6 Trương:12 Trịnh:6 Lâm:5 Phùng:4 Mai:5 Tô:3 Hà:5 Cao:5 Tạ:3 Chu:3 Lương:5 Thái:3 Tống:1
Lưu:4 Quách:1 Nghiêm:1 Tăng:1 Hứa:1 Kiều:1 Đàm:1 Triệu:1 Vương:2 Thân:1 Nông:1 La:1 Mạc:1 Lục:1 Khổng:1 Diệp:1 Doãn:1
"""
MIDDLES = """
Văn:200 Thị:180 Đức:40 Xuân:40 Minh:50 Thanh:45 Ngọc:50 Hữu:30 Đình:30 Quang:35 Hồng:30 Quốc:28 Công:20 Duy:20 Anh:25
Trọng:15 Tiến:15 Hoàng:22 Thành:18 Mạnh:12 Thế:14 Bá:10 Phương:14 Kim:18 Thu:18 Thúy:12 Bích:9 Mỹ:9 Tuấn:12 Hải:10
Trung:10
Viết:8 Gia:9 Bảo:8 Khánh:9 Như:7 Huy:8 Vĩnh:4 Chí:8 Phú:5 Tấn:6 Nhật:5 Việt:7 Đăng:7 Thùy:8 Diệu:4 Lan:5 Huyền:4 Cẩm:3
Thiên:4 Hoài:5 Quỳnh:6 Tường:2 Khắc:4 Sỹ:2 Doãn:2 Phước:4 Hà:4 Nam:3 Trường:4 Cao:2 Tú:3 Trí:3 Ánh:3 Ái:2 Mai:5 Vân:5
"""
GIVENS = """
Anh:60 Hùng:40 Dũng:40 Hương:35 Hà:35 Linh:35 Hải:35 Tuấn:38 Hạnh:25 Nam:30 Minh:30 Hoa:25 Lan:22 Mai:20 Thảo:22
Trang:25
Hằng:22 Thủy:25 Thúy:15 Hiền:25 Nga:20 Bình:28 Sơn:28 Cường:28 Thắng:25 Long:24 Quang:20 Trung:22 Hòa:18 Thanh:25 Tâm:18
Đức:20 Huy:18 Phương:28 Vân:18 Yến:12 Ngọc:18 Nhung:12 Loan:12 Oanh:8 Kiên:12 Toàn:12 Tùng:16 Tú:14 Khánh:12 Hưng:16
Phúc:14 Thành:25 Tiến:16 Vinh:14 Lâm:10 Hiếu:16 Nghĩa:10 Quân:14 Quý:8 Quyết:5 Quyền:5 Duy:8 Đạt:14 Giang:12 Hoàng:14
Hoàn:5 Hậu:6 Hoài:7 Huệ:8 Huyền:12 Khoa:6 Khôi:4 Kiệt:4 Liên:8 Lợi:6 Lộc:6 Luân:3 Lực:3 Lương:5 Mạnh:12 My:6
Mỹ:5 Nguyên:6 Nguyệt:5 Nhân:6 Nhàn:3 Nhi:8 Như:5 Phong:12 Phượng:8 Quỳnh:8 Sang:5 Sáng:3 Tài:8 Tân:8 Thái:10 Thạch:2
Thiện:5 Thịnh:7 Thơ:3 Thơm:3 Thu:12 Thư:6 Thuận:6 Thương:5 Thưởng:2 Tình:3 Toản:3 Trâm:5 Trí:5 Trinh:4 Trúc:4 Trường:10
Tuyến:4 Tuyết:8 Uyên:4 Việt:10 Vũ:10 Vy:5 Xuân:7 Ý:1 Ân:3 An:10 Ánh:6 Bắc:3 Bảo:6 Bích:3 Châu:6 Chi:8 Chiến:8 Chính:5
Chung:5 Công:4 Cúc:3 Cương:3 Danh:2 Diễm:2 Diệp:4 Diệu:2 Doanh:2 Dung:12 Duyên:5 Dương:10 Đại:3 Đăng:4 Điệp:3 Đoàn:2
Đông:5 Định:3 Hân:3 Hào:4 Hảo:3 Hiệp:7 Hiển:2 Hội:2 Hồng:8 Hợp:3 Hường:8 Khang:4 Khanh:4 Lam:3 Lý:3 Ly:5 Ninh:3 Nông:1
"""
Query = Callable[[list[str], random.Random], list[str] | None]


def weighted(text: str) -> tuple[list[str], list[int]]:
    """The words of a list, and their frequencies summed up for `random.choices`."""
    pairs = [word.split(":") for word in text.split()]
    return [word for word, _ in pairs], list(accumulate(int(count) for _, count in pairs))


def names(size: int) -> list[tuple[str, int, int]]:
    """That many different names with an id and a number of mentions, the same ones at every run."""
    chance = random.Random(size)
    surnames, middles, givens = weighted(SURNAMES), weighted(MIDDLES), weighted(GIVENS)
    made: dict[str, int] = {}
    while len(made) < size:
        middle_count = chance.choices((0, 1, 2), (6, 64, 30))[0]
        parts = [chance.choices(surnames[0], cum_weights=surnames[1])[0],
                 *chance.choices(middles[0], cum_weights=middles[1], k=middle_count),
                 chance.choices(givens[0], cum_weights=givens[1])[0]]
        if len(set(parts)) == len(parts):
            made.setdefault(" ".join(parts), int(chance.paretovariate(1.1)))
    return [(name, number, mentions) for number, (name, mentions) in enumerate(made.items())]


def typo(text: str, chance: random.Random) -> str:
    """One letter wrong, missing, added or swapped with its neighbour."""
    place = chance.randrange(len(text))
    letter = chance.choice("abcdeghiklmnopqrstuvxy")
    kind = chance.randrange(4)
    if kind == 0 and len(text) > 2:
        return text[:place] + text[place + 1:]
    if kind == 1:
        return text[:place] + letter + text[place:]
    if kind == 2 and place + 1 < len(text) and text[place] != text[place + 1]:
        return text[:place] + text[place + 1] + text[place] + text[place + 2:]
    return text[:place] + (letter if letter != text[place] else "w") + text[place + 1:]


def mistyped(parts: list[str], chance: random.Random, times: int) -> list[str]:
    """So many typos in different places of a name."""
    parts = list(parts)
    for place in chance.sample(range(len(parts)), min(times, len(parts))):
        parts[place] = typo(parts[place], chance)
    return parts


def swapped(parts: list[str], chance: random.Random) -> list[str]:
    """Two neighbouring syllables swapped."""
    place = chance.randrange(len(parts) - 1)
    return [*parts[:place], parts[place + 1], parts[place], *parts[place + 2:]]


def joined(parts: list[str], chance: random.Random) -> list[str]:
    """Two neighbouring syllables typed together."""
    place = chance.randrange(len(parts) - 1)
    return [*parts[:place], parts[place] + parts[place + 1], *parts[place + 2:]]


def without_one(parts: list[str], chance: random.Random) -> list[str] | None:
    """One middle syllable not typed."""
    if len(parts) < 3:
        return None
    place = chance.randrange(1, len(parts) - 1)
    return [*parts[:place], *parts[place + 1:]]


FORMS: dict[str, Query] = {
    "exact": lambda parts, chance: parts,
    "no diacritics": lambda parts, chance: fold(" ".join(parts)).split(),
    "d for đ": lambda parts, chance: [p.replace("đ", "d").replace("Đ", "D") for p in parts],
    "one typo": lambda parts, chance: mistyped(parts, chance, 1),
    "two typos": lambda parts, chance: mistyped(parts, chance, 2),
    "missing syllable": without_one,
    "swapped": swapped,
    "joined": joined,
    "last two": lambda parts, chance: parts[-2:] if len(parts) > 2 else None,
    "given name": lambda parts, chance: parts[-1:],
}


def asked(rows: list[tuple[str, int, int]], form: str, count: int) -> Iterator[tuple[str, str]]:
    """(query, name) pairs, every other one typed without diacritics."""
    chance = random.Random(form)
    made = 0
    while made < count:
        name = chance.choice(rows)[0]
        parts = name.split()
        if form == "d for đ" and "đ" not in name.lower():
            continue
        typed = FORMS[form](parts if made % 2 == 0 or form == "exact" else fold(name).split(), chance)
        if typed is None or (form == "swapped" and typed == parts):
            continue
        made += 1
        yield " ".join(typed), name


def rank(found: list[str], name: str, query: str) -> int:
    """Place of the name among those found, from 1; 99 where it is none of them."""
    if fold(query) == query.lower():
        return next((i for i, other in enumerate(found, 1) if fold(other) == fold(name)), 99)
    return next((i for i, other in enumerate(found, 1) if other == name), 99)


def measure(search: Callable[[str], list[str]], pairs: list[tuple[str, str]]) -> str:
    """Recall at one and at five, and milliseconds a query."""
    ranks, times = [], []
    for query, name in pairs:
        start = time.perf_counter()
        found = search(query)
        times.append(1000 * (time.perf_counter() - start))
        ranks.append(rank(found, name, query))
    times.sort()
    at = [times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99)]
    recall = [sum(r <= k for r in ranks) / len(ranks) for k in (1, 5)]
    return f"{recall[0]:6.3f} {recall[1]:6.3f}  {at[0]:8.2f} {at[1]:8.2f} {at[2]:8.2f}"


def megabytes() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(size: int, queries: int, peer_queries: int) -> None:
    """The table of one size."""
    rows = names(size)
    before, start = megabytes(), time.perf_counter()
    index = NameIndex.build(rows)
    print(f"\n{size:,} names: built in {time.perf_counter() - start:.1f} s, holds {index.nbytes / 1e6:.0f} MB, "
          f"peak while building +{megabytes() - before:.0f} MB")
    print(f"{'form':18} {'of':14} {'R@1':>6} {'R@5':>6}  {'p50 ms':>8} {'p95':>8} {'p99':>8}")
    folded = [str(fold(name)) for name, _, _ in rows] if peer_queries else []

    def brute(query: str) -> list[str]:
        return [rows[i][0] for _, _, i in process.extract(fold(query), folded, scorer=fuzz.ratio, limit=5)]

    for form in FORMS:
        pairs = list(asked(rows, form, queries))
        print(f"{form:18} {'hoitin':14} {measure(lambda q: [h.name for h in index.search(q, 5)], pairs)}", flush=True)
        if peer_queries:
            print(f"{'':18} {'rapidfuzz':14} {measure(brute, pairs[:peer_queries])}", flush=True)


def main() -> None:
    """Every size asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--peer-queries", type=int, default=30)
    args = parser.parse_args()
    for size in map(int, args.sizes.split(",")):
        run(size, args.queries, args.peer_queries)


if __name__ == "__main__":
    main()

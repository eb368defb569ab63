"""Which body an organization's name says it is part of."""

import pytest

from store.annotate.organizations_names import same_key
from store.link_parents import Body, parents

FAMILIES = [
    ("Ban Thường vụ Thành ủy Hà Nội", ["Báo Hà Nội", "Thành ủy Hà Nội"], "Thành ủy Hà Nội"),
    ("Thành ủy Hà Nội", ["Báo Nội", "Báo Hà Nội"], None),
    ("Sở Y tế Sơn Trà Giang", ["Báo Sơn Trà Giang", "Tạp chí Giang"], None),
    ("Ủy ban Kiểm tra Tỉnh ủy Nam Lạc", ["Ban Kiểm tra Tỉnh ủy Nam Lạc", "Tỉnh ủy Nam Lạc"], "Tỉnh ủy Nam Lạc"),
    ("Văn phòng UBND huyện Sao Mai", ["UBND huyện Sao Mai", "UBND"], "UBND huyện Sao Mai"),
    ("Đảng ủy PVQ", ["PVQ"], "PVQ"),
    ("Tập đoàn PVQ", ["PVQ"], None),
    ("Chi cục Thuế huyện Sao Mai", ["Cục Thuế huyện Sao Mai"], None),
    ("Bộ Công an", ["Công an"], None),
    ("Bộ Kế hoạch và Đầu tư", ["Trung ương"], None),
    ("Ban Dân vận Trung ương", ["Trung ương"], "Trung ương"),
    ("Bệnh viện Mắt Trung ương", ["Trung ương"], None),
    ("Văn phòng Tỉnh ủy", ["Tỉnh ủy"], None),
]


@pytest.mark.parametrize(("child", "others", "parent"), FAMILIES)
def test_parent(child: str, others: list[str], parent: str | None) -> None:
    names = [child, *others]
    found = parents(Body(at, same_key(name), None, None) for at, name in enumerate(names))
    assert found[0] == (names.index(parent) if parent else None)


def test_namesakes_belong_to_the_one_told_apart_alike() -> None:
    bodies = [Body(1, "văn phòng tỉnh ủy", None, "An Giang"), Body(2, "tỉnh ủy", None, "Gia Lai"), Body(3, "tỉnh ủy", None, "An Giang")]
    assert parents(bodies) == {1: 3, 2: None, 3: None}

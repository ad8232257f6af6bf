"""An administrator rehearses with their own groups: the demo's district from the lists that will be imported."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.demo.own import district_from
from bot.demo.stage import TOKEN, populate
from bot.importing.table import ListUnreadable
from bot.sandbox import Sandbox
from models.rules.roles import Role

UNITS = """code,name,tier,parent,village,chat_id
X1-1,Tổ 1 Xã Thử,community,X1,Bản Một,-5001
T,Tỉnh Thử,province,,,
X1,Xã Thử,commune,T,,-1000000005002
X1-2,Tổ 2 Xã Thử,community,X1,Bản Hai,
"""
HOMES = "unit,number,head,phone\n" + "".join(f"X1-1,{n},Chủ Nhà {n},0900111{n:03}\n" for n in range(1, 15))


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    units, homes = tmp_path / "units.csv", tmp_path / "homes.csv"
    units.write_text(UNITS, "utf-8")
    homes.write_text(HOMES, "utf-8")
    return units, homes


def test_ones_own_groups_stand_in_the_demo_under_their_own_ids(lists: tuple[Path, Path]) -> None:
    district = district_from(*lists)
    sandbox = Sandbox()
    populate(sandbox, district)
    titles = {room.id: room.title for room in sandbox.world.groups.values()}
    assert titles[-5001] == "Tổ 1 Xã Thử"
    assert sandbox.world.groups[-1000000005002].kind == "supergroup"
    assert [room.shelf for room in sandbox.world.groups.values()] == ["province", "commune", "community", "community"]
    assert sandbox.bot_by_token(TOKEN).id


def test_every_place_of_ones_own_gets_made_up_staff_and_its_own_homes(lists: tuple[Path, Path]) -> None:
    district = district_from(*lists)
    assert district.tiers == "province commune community"
    assert district.holding(Role.COMMANDER, "T")
    assert district.holding(Role.COMMANDER, "X1")
    assert len(district.holding(Role.TEAM, "X1-2")) == 3
    assert [home.head for home in district.homes][:2] == ["Chủ Nhà 1", "Chủ Nhà 2"]
    assert district.can_play_the_day


def test_without_a_list_of_homes_a_few_are_made_up(lists: tuple[Path, Path]) -> None:
    district = district_from(lists[0], None)
    assert {home.unit for home in district.homes} == {"X1-1", "X1-2"}


def test_a_list_without_units_is_refused_in_words(tmp_path: Path) -> None:
    empty = tmp_path / "units.csv"
    empty.write_text("code,name,tier\n", "utf-8")
    with pytest.raises(ListUnreadable):
        district_from(empty, None)

"""The list of units becomes the tree of places, with their chats."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.importing.loading import Manner
from models.records import ChatPurpose, Unit
from tests.databases import SqliteFiles
from tests.importing.conftest import UNITS, Office


@pytest.fixture
def database_url(sqlite_files: SqliteFiles, tmp_path: Path) -> Iterator[str]:
    """An SQLite file: people and homes are taken into both kinds."""
    with sqlite_files.new_url() as url:
        yield url


HEADING = "code,name,tier,parent,village,chat_id,desk_chat_id\n"


def unit(office: Office, code: str) -> Unit:
    found = office.work().units.find_by_code(code)
    assert found is not None
    return found


def test_units_form_a_tree_and_their_chats_are_bound(district: Office) -> None:
    work = district.work()
    community = unit(district, "BL-1")
    assert [above.code for above in work.units.above(community)] == ["BL", "TD"]
    assert community.village == "Bản Hoa Vân"
    group = work.units.chat_of(unit(district, "TD").id)
    desk = work.units.chat_of(unit(district, "TD").id, ChatPurpose.DESK)
    assert group is not None
    assert desk is not None
    assert (group.id, desk.id) == (-1001, -1002)


def test_importing_again_changes_nothing(district: Office) -> None:
    assert district.give("units", UNITS) == 0
    assert district.total == "New 0, changed 0, same 4, refused 0."


def test_children_may_stand_above_their_parents_in_the_list(office: Office) -> None:
    heading, *rows = UNITS.splitlines()
    assert office.give("units", "\n".join([heading, *reversed(rows)])) == 0
    assert next(each.code for each in office.work().units.all()) == "TD"


def test_empty_cells_change_nothing_and_absent_rows_stay(district: Office) -> None:
    district.give("units", HEADING + "BL-1,Tên mới,community,,,,\n")
    changed = unit(district, "BL-1")
    assert (changed.name, changed.village) == ("Tên mới", "Bản Hoa Vân")
    assert district.work().units.unit_of_chat(-1004) is not None
    assert unit(district, "BL-2").name == "Cộng đồng 2"


def test_a_unit_moves_with_everything_below_it(district: Office) -> None:
    district.give("units", HEADING + "BB,Xã Bản Bo,commune,TD,,,\nBL-1,Cộng đồng 1,community,BB,,,\n")
    assert district.total == "New 1, changed 1, same 0, refused 0."
    moved = unit(district, "BL-1")
    assert [above.code for above in district.work().units.above(moved)] == ["BB", "TD"]


def test_another_group_takes_the_place_of_the_former_one(district: Office) -> None:
    district.give("units", HEADING + "BL-1,Cộng đồng 1,community,BL,,-1009,\n")
    work = district.work()
    group = work.units.chat_of(unit(district, "BL-1").id)
    former = work.chats.find(-1004)
    assert group is not None
    assert former is not None
    assert (group.id, former.unit_id) == (-1009, None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Xã,commune,TD,,,", "column code, this cell must not be empty"),
        ("X 1,Xã,commune,TD,,,", "column code,"),
        ("X,Xã,ward,TD,,,", 'column tier, "ward" is not known; expected is one of district, commune, community'),
        ("X,Xã,commune,YY,,,", 'column parent, there is no unit with the code "YY"'),
        ("X,Xã,commune,,,,", "column parent, a unit of the tier commune needs"),
        ("X,Tổ,community,TD,,,", "column parent,"),
        ("X,Huyện,district,,,,", "column parent, the topmost unit is already TD"),
        ("BL,Xã,community,BL-1,,,", "column tier, it cannot become a community"),
        ("X,Xã,commune,TD,,nhóm,", 'column chat_id, "nhóm" is no Telegram group'),
        ("X,Xã,commune,TD,,12345,", "column chat_id,"),
        ("X,Xã,commune,TD,,-1003,", "column chat_id, this group is bound to the unit BL"),
        ("X,Xã,commune,TD,,-7,-7", "column desk_chat_id, a group cannot be both"),
        ("BL,Xã,commune,TD,,,-1003", "column desk_chat_id, a group cannot be both"),
        ("X,Xã,commune,TD,,,,thừa", "more cells than there are columns"),
        (f"X,{'Xã ' * 100},commune,TD,,,", "column name, the cell is longer than 200"),
    ],
)
def test_a_wrong_row_refuses_only_itself_and_says_why(district: Office, row: str, reason: str) -> None:
    assert district.give("units", HEADING + row + "\nBB,Xã Bản Bo,commune,TD,,,\n") == 1
    assert district.total == "New 1, changed 0, same 0, refused 1."
    refused = next(line for line in district.said if "refused," in line)
    assert refused.startswith("line 2: refused")
    assert reason in refused
    assert unit(district, "BL").name == "Xã Bình Lư"


def test_a_try_keeps_nothing_but_says_what_would_happen(office: Office) -> None:
    assert office.give("units", UNITS, Manner(is_rehearsal=True)) == 0
    assert office.total == "New 4, changed 0, same 0, refused 0."
    assert "nothing was kept" in office.said[-1]
    assert office.work().units.root() is None

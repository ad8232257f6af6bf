"""Whom a task goes to, from how the document names them."""

import pytest

from models.rules.documents.document import Task
from models.rules.documents.routing import Body, Holder, Place, Register, Route, route
from models.rules.tiers import PRESETS, Tiers

HEALTH = Body(1, ("Trung tâm Y tế", "TTYT"))
CULTURE = Body(2, ("Trung tâm Văn hóa, Thể thao và Truyền thông",))
PLACES = (
    Place(11, "Xã Bản Bo", "commune"),
    Place(12, "Thị trấn Tam Đường", "commune"),
    Place(21, "Tổ 1 bản Nà Tăm", "community"),
)
REGISTER = Register(PLACES, (HEALTH, CULTURE), Tiers(PRESETS["2021"]))


def goes_to(*assignees: str, register: Register = REGISTER) -> Route:
    task = Task(no="1", text="", assignees=assignees, tiers=(), items=(), deadlines=())
    return route(task, register)


def test_what_is_for_the_communes_goes_to_every_commune() -> None:
    assert goes_to("UBND các xã, thị trấn") == Route(unit_ids=(11, 12))
    assert goes_to("Ủy ban nhân dân các xã, thị trấn") == Route(unit_ids=(11, 12))


def test_what_is_for_one_commune_goes_there_alone() -> None:
    assert goes_to("UBND xã Bản Bo") == Route(unit_ids=(11,))


@pytest.mark.parametrize("name", ["các thôn, bản", "Tổ Covid cộng đồng"])
def test_what_is_for_villages_and_teams_goes_to_the_communities(name: str) -> None:
    assert goes_to(name).unit_ids == (21,)


@pytest.mark.parametrize("name", ["Trung tâm Y tế huyện", "TTYT huyện", "TRUNG TÂM Y TẾ", "Trung tam Y te huyen"])
def test_an_agency_is_known_by_any_of_its_names(name: str) -> None:
    assert goes_to(name) == Route(holders=(Holder(name, 1),))


def test_an_agency_nobody_knows_is_named_all_the_same() -> None:
    assert goes_to("Phòng Tài chính - Kế hoạch") == Route(holders=(Holder("Phòng Tài chính - Kế hoạch", None),))


def test_all_agencies_means_those_that_are_known() -> None:
    everybody = goes_to("Các cơ quan, ban, ngành, đoàn thể huyện", "UBND các xã, thị trấn")
    assert everybody.unit_ids == (11, 12)
    assert [holder.agency_id for holder in everybody.holders] == [1, 2]
    nobody_known = Register(PLACES, (), REGISTER.tiers)
    assert goes_to("Các cơ quan, đơn vị", register=nobody_known).holders == (Holder("Các cơ quan, đơn vị", None),)


def test_whoever_is_named_twice_has_it_once() -> None:
    assert goes_to("UBND xã Bản Bo", "UBND các xã, thị trấn", "UBND xã Bản Bo").unit_ids == (11, 12)


def test_nobody_is_made_up_for_a_name_that_says_nothing() -> None:
    assert goes_to("ông Nguyễn Văn A") == Route(unplaced=("ông Nguyễn Văn A",))

"""Whom a task goes to, from how the document names them."""

import pytest

from models.rules.documents.document import Task
from models.rules.documents.routing import Body, Holder, Place, Register, Route, handed_on, route
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


def test_a_page_in_a_table_where_an_agency_should_stand_becomes_a_name_of_a_length_every_database_takes() -> None:
    page = "Phòng Tài chính " + "và các bộ phận có liên quan " * 300
    (holder,) = goes_to(page, page + "khác").holders
    assert holder.name.startswith("Phòng Tài chính và các bộ phận")
    assert holder.name.endswith("…")
    assert len(holder.name) <= 200


def test_all_agencies_means_those_that_are_known() -> None:
    everybody = goes_to("Các cơ quan, ban, ngành, đoàn thể huyện", "UBND các xã, thị trấn")
    assert everybody.unit_ids == (11, 12)
    assert [holder.agency_id for holder in everybody.holders] == [1, 2]
    nobody_known = Register(PLACES, (), REGISTER.tiers)
    assert goes_to("Các cơ quan, đơn vị", register=nobody_known).holders == (Holder("Các cơ quan, đơn vị", None),)


def test_whoever_is_named_twice_has_it_once() -> None:
    assert goes_to("UBND xã Bản Bo", "UBND các xã, thị trấn", "UBND xã Bản Bo").unit_ids == (11, 12)


@pytest.mark.parametrize("name", ["UBND xã Nùng Nàng", "Chủ tịch UBND xã Nùng Nàng", "Trưởng bản Nà Cà"])
def test_a_place_that_is_not_among_the_units_is_nobody_and_not_all_of_its_kind(name: str) -> None:
    assert goes_to(name) == Route(unplaced=(name,))


def test_the_district_named_behind_them_does_not_make_all_communes_one() -> None:
    assert goes_to("UBND các xã, thị trấn trên địa bàn huyện Tam Đường").unit_ids == (11, 12)


def test_a_place_is_known_by_the_short_form_of_its_kind_and_by_its_village() -> None:
    units = (Place(12, "TT Tam Đường", "commune"), Place(21, "Tổ 1", "community", village="Bản Nà Tăm"))
    register = Register(units, (), REGISTER.tiers)
    assert goes_to("UBND thị trấn Tam Đường", register=register).unit_ids == (12,)
    assert goes_to("Trưởng bản Nà Tăm", register=register).unit_ids == (21,)


def test_the_longer_of_two_names_counts() -> None:
    units = (Place(11, "Xã Tân Lập", "commune"), Place(12, "Xã Tân Lập Hạ", "commune"))
    assert goes_to("UBND xã Tân Lập Hạ", register=Register(units, (), REGISTER.tiers)).unit_ids == (12,)
    assert goes_to("UBND xã Tân Lập", register=Register(units, (), REGISTER.tiers)).unit_ids == (11,)


def test_what_goes_tier_by_tier_stops_at_the_unit_that_is_to_pass_it_on() -> None:
    teams = (Place(21, "Tổ 1", "community", stops_at=11), Place(22, "Tổ 2", "community", stops_at=11))
    assert goes_to("Các thôn, bản", register=Register((*PLACES[:2], *teams), (), REGISTER.tiers)).unit_ids == (11,)


def test_what_a_commune_passes_on_is_for_everybody_below_it() -> None:
    below = (Place(21, "Tổ 1 bản Nà Tăm", "community"), Place(22, "Tổ 2 bản Nà Tăm", "community"))
    own = Place(11, "Xã Bản Bo", "commune")
    register = Register(below, (), REGISTER.tiers, passes_on=own)
    for name in ("UBND các xã, thị trấn", "UBND xã Bản Bo", "Các thôn, bản"):
        assert goes_to(name, register=register).unit_ids == (21, 22)
    task = Task(no="1", text="", assignees=("Các cơ quan huyện", "UBND các xã"), tiers=(), items=(), deadlines=())
    assert handed_on(task, register).assignees == ("UBND các xã",)


def test_nobody_is_made_up_for_a_name_that_says_nothing() -> None:
    assert goes_to("ông Nguyễn Văn A") == Route(unplaced=("ông Nguyễn Văn A",))

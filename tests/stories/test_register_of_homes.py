"""No household forgotten: the register is looked up, kept up with, and remembers what happened."""

from __future__ import annotations

import pytest

from handlers.commands.households import (
    AskAboutHome,
    AskNewHome,
    EndResident,
    FindHome,
    HomeQuestion,
    MergeHome,
    MoveHome,
    MoveOut,
    MoveResident,
    ReturnHome,
    ReturnResident,
    SetHomeKind,
    SetNoPhone,
    ShowHome,
    ShowHomeHistory,
    ShowResident,
)
from handlers.commands.reports import HearMessage
from models.notices.call_lists import AnswerRefused
from models.notices.households import (
    HomeArrived,
    HomeHistoryShown,
    HomesFound,
    HomeWordsUnread,
    HouseholdShown,
    MergeProposed,
    ResidentAsked,
)
from models.records import Household, Person, Resident
from models.rules.households import Ending, HouseholdKind, HouseholdStep
from models.rules.roles import Role
from tests.stories.reading import last, read
from tests.stories.rendering import labels
from tests.stories.world import World


def page(world: World, person: Person | None = None) -> object:
    """What somebody sees of the register now."""
    return world.card(person or world.member, "register")


def resident(world: World, home: Household, name: str, born: int | None = None) -> Resident:
    somebody = Resident(household_id=home.id, name=name, birth_year=born, conditions="", language="", no_phone=False)
    world.session.add(somebody)
    world.session.commit()
    return somebody


def says(world: World, words: str) -> None:
    world.by(world.member, HearMessage, words=words)


def asked(world: World, home: Household, question: HomeQuestion, words: str) -> None:
    """A button that asks for words, and the words."""
    world.by(world.member, AskAboutHome, household_id=home.id, question=question)
    says(world, words)


def test_three_of_the_same_name_are_told_apart_by_year_and_number(world: World) -> None:
    for home, born in zip(world.homes[:3], (1950, 1960, 1970), strict=True):
        home.head = "Giàng A Páo"
        resident(world, home, "Giàng A Páo", born)
    world.by(world.member, FindHome, words="giang a pao")
    found = page(world)
    assert isinstance(found, HomesFound)
    assert [(home.number, home.birth_year) for home in found.homes] == [("1", 1950), ("2", 1960), ("3", 1970)]
    assert "sinh 1960" in read(world, found).text
    world.by(world.member, FindHome, words="páo 1960")
    only = page(world)
    assert isinstance(only, HouseholdShown)
    assert only.number == "2"


@pytest.mark.parametrize("words", ["1", "nhà 1", "chu nha 1", "0200000001"])
def test_a_home_is_found_by_number_name_or_phone(world: World, words: str) -> None:
    world.homes[0].phone = "+84200000001"
    world.by(world.member, FindHome, words=words)
    shown = page(world)
    assert isinstance(shown, HouseholdShown)
    assert shown.number == "1"


def test_a_childs_home_is_found_by_the_father(world: World) -> None:
    home = world.homes[0]
    home.head = "Giàng A Páo"
    world.session.commit()
    asked(world, home, HomeQuestion.SPLIT, "Giàng A Tủa 2 người")
    world.by(world.member, FindHome, words="con ông Páo")
    found = page(world)
    assert isinstance(found, HomesFound)
    assert [each.head for each in found.homes] == ["Giàng A Páo", "Giàng A Tủa"]


def test_only_those_who_look_after_a_home_see_it(world: World) -> None:
    for person in (world.resident, world.stranger, world.far_member, world.administrator, world.other_chair):
        world.by(person, ShowHome, household_id=world.homes[0].id)
        assert isinstance(last(world, person), AnswerRefused)
    world.by(world.resident, FindHome, words="1")
    assert isinstance(last(world, world.resident), AnswerRefused)
    world.by(world.far_member, FindHome, words="Chủ nhà")
    found = page(world, world.far_member)
    assert isinstance(found, HomesFound)
    assert found.homes == ()


def test_a_home_shows_its_people_and_what_to_mind(world: World) -> None:
    asked(world, world.homes[0], HomeQuestion.RESIDENT, "Lò Thị Mỷ 1950, tăng huyết áp, không điện thoại")
    shown = page(world)
    assert isinstance(shown, HouseholdShown)
    text = read(world, shown).text
    assert "Lò Thị Mỷ: 1950, tăng huyết áp, không có điện thoại, cần để ý" in text
    assert world.resident.name in text


def test_a_home_that_moved_away_comes_back_with_a_tap(world: World) -> None:
    home = world.homes[0]
    world.by(world.member, MoveOut, household_id=home.id)
    assert home.ended_at is not None
    assert "Về lại" in labels(read(world, page(world)))  # type: ignore[arg-type]
    world.by(world.member, ReturnHome, household_id=home.id)
    assert home.ended_at is None


def test_a_home_moves_to_another_community_and_its_team_hears(world: World) -> None:
    home = world.homes[0]
    world.household(world.second_community, "1")
    mover = world.person("Tổ viên Ba", Role.TEAM, world.second_community)
    world.session.commit()
    world.by(world.member, MoveHome, household_id=home.id, unit_id=world.second_community.id)
    assert (home.unit_id, home.number) == (world.second_community.id, "2")
    told = last(world, mover)
    assert isinstance(told, HomeArrived)
    assert told.former == world.community.name


def test_a_home_is_never_moved_out_of_its_commune_by_a_team(world: World) -> None:
    home = world.homes[0]
    world.by(world.member, MoveHome, household_id=home.id, unit_id=world.far_community.id)
    assert home.unit_id == world.community.id


def test_a_split_home_stands_beside_its_origin_and_takes_its_people_along(world: World) -> None:
    home = world.homes[0]
    home.members = 5
    son, wife = resident(world, home, "Giàng A Tủa", 1990), resident(world, home, "Lò Thị Mỷ", 1992)
    asked(world, home, HomeQuestion.SPLIT, "giàng a tủa 2 người")
    new = world.work().households.find(world.community.id, "1A")
    assert new is not None
    assert (new.members, home.members) == (2, 3)
    assert son.household_id == new.id
    shown = page(world)
    assert isinstance(shown, HouseholdShown)
    assert [each.name for each in shown.waiting] == ["Lò Thị Mỷ"]
    world.by(world.member, MoveResident, resident_id=wife.id, household_id=new.id)
    assert wife.household_id == new.id


def test_a_merged_home_hands_over_its_people_and_accounts(world: World) -> None:
    first, second = world.homes[:2]
    somebody = resident(world, first, "Lò Thị Mỷ")
    asked(world, first, HomeQuestion.MERGE, "2")
    proposed = page(world)
    assert isinstance(proposed, MergeProposed)
    assert first.ended_at is None
    for _ in range(2):
        world.by(world.member, MergeHome, household_id=first.id, into_id=second.id)
    assert (first.merged_into_id, somebody.household_id) == (second.id, second.id)
    speakers = {person.name for person in world.work().people.accounts_of(second.id)}
    assert speakers == {world.resident.name, world.neighbour.name}


def test_a_home_merges_into_no_home_that_is_not_there(world: World) -> None:
    asked(world, world.homes[0], HomeQuestion.MERGE, "99")
    assert isinstance(last(world, world.member), HomeWordsUnread)
    asked(world, world.homes[0], HomeQuestion.MERGE, "1")
    assert isinstance(last(world, world.member), HomeWordsUnread)


def test_a_death_is_kept_and_a_slip_taken_back(world: World) -> None:
    somebody = resident(world, world.homes[0], "Lò Thị Mỷ")
    world.by(world.member, ShowResident, resident_id=somebody.id)
    world.by(world.member, EndResident, resident_id=somebody.id, ending=Ending.DIED)
    assert somebody.ending is Ending.DIED
    shown = page(world)
    assert isinstance(shown, ResidentAsked)
    assert "chia buồn" in read(world, shown).text
    world.by(world.member, ReturnResident, resident_id=somebody.id)
    assert somebody.ended_at is None


def test_a_new_home_is_typed_in_one_line(world: World) -> None:
    world.by(world.member, AskNewHome, unit_id=world.community.id)
    says(world, "41 Giàng A Páo 0912345678 5 người")
    new = world.work().households.find(world.community.id, "41")
    assert new is not None
    assert (new.head, new.phone, new.members) == ("Giàng A Páo", "+84912345678", 5)
    world.by(world.member, AskNewHome, unit_id=world.community.id)
    says(world, "41 Lò Văn Hặc")
    assert isinstance(last(world, world.member), HomeWordsUnread)


def test_what_changed_is_typed_and_the_rest_stays(world: World) -> None:
    home = world.homes[0]
    asked(world, home, HomeQuestion.EDIT, "0912345678 6 người")
    assert (home.head, home.phone, home.members) == ("Chủ nhà 1", "+84912345678", 6)


def test_lodgings_camps_and_offices_are_homes_of_their_kind(world: World) -> None:
    home = world.homes[0]
    world.by(world.member, SetHomeKind, household_id=home.id, kind=HouseholdKind.CAMP)
    world.by(world.member, SetNoPhone, household_id=home.id, no_phone=True)
    assert (home.kind, home.no_phone) == (HouseholdKind.CAMP, True)
    assert "Lán công trình" in read(world, page(world)).text  # type: ignore[arg-type]


def test_the_history_says_what_happened_by_whom(world: World) -> None:
    home = world.homes[0]
    world.by(world.member, MoveOut, household_id=home.id)
    world.by(world.second_member, ReturnHome, household_id=home.id)
    world.by(world.member, SetNoPhone, household_id=home.id, no_phone=True)
    world.by(world.member, ShowHomeHistory, household_id=home.id)
    shown = page(world)
    assert isinstance(shown, HomeHistoryShown)
    assert [(each.step, each.by) for each in shown.events] == [
        (HouseholdStep.CHANGED, "Tổ viên Một"),
        (HouseholdStep.RETURNED, "Tổ viên Hai"),
        (HouseholdStep.MOVED_OUT, "Tổ viên Một"),
    ]
    assert "không có điện thoại" in read(world, shown).text
